"use client";
/** Asks the server again while a feed is being read, so that the page fills; rests while the tab is hidden. */
import { useRouter } from "next/navigation";
import { useEffect } from "react";

export function Refresh({ seconds }: { readonly seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return null;
}
