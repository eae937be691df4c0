"use client";
/** Asks the server for this page once more. */
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "#components/ui/button.tsx";

export function TryAgain() {
  const router = useRouter();
  const [isAsking, startAsking] = useTransition();
  return (
    <Button size="small" disabled={isAsking} onClick={() => startAsking(() => router.refresh())}>
      {isAsking ? "Asking again" : "Try again"}
    </Button>
  );
}
