"use client";
/** Live on pages that count: new flows make the server answer again, so that groups and timeline change in place. */
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useTransition } from "react";
import type { Search } from "#lib/url/search.ts";
import { liveAddress } from "./live-address.ts";
import { LiveSwitch } from "./live-switch.tsx";
import { useLiveStream } from "./use-live-stream.ts";

/** Counting costs: never more often than this, and never before the last answer is there. */
const EVERY_MS = 2_000;

export function LiveRefresh({ path, search }: { readonly path: string; readonly search: Search }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pending = useRef(false);
  useEffect(() => {
    pending.current = isPending;
  }, [isPending]);
  const soon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      if (pending.current) soon();
      else startTransition(() => router.refresh());
    }, EVERY_MS);
  }, [router]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const state = useLiveStream(search.live ? liveAddress(search, 0) : undefined, { onFlows: soon, onBroken: soon });
  return <LiveSwitch path={path} search={search} state={state} />;
}
