"use client";
/** One connection to the live flows: kept open while the tab is seen, taken up again where it broke off. */
import { useEffect, useEffectEvent, useState } from "react";
import type { FlowRow } from "#lib/questions/answer.ts";

export interface LiveEvents {
  /** New rows, in the order they were stored; `skipped` more came at the same time and were too many. */
  readonly onFlows: (rows: readonly FlowRow[], skipped: number) => void;
  /** What came meanwhile has to be read from the store. */
  readonly onBroken: () => void;
  /** ISO instant from which flows are not in the store that lags yet, empty = it has all; told only where there is one. */
  readonly onFilled?: (since: string) => void;
}

export type LiveState = "off" | "connecting" | "live" | "reconnecting";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
/** The server says something every 5 s; a connection that is silent for longer is dead, whatever it looks like. */
const SILENT_MS = 20_000;

/** `href` undefined = off. */
export function useLiveStream(href: string | undefined, events: LiveEvents): LiveState {
  const [state, setState] = useState<LiveState>("off");
  const told = useEffectEvent((name: "flows" | "beat" | "broken", data: string) => {
    if (name === "broken") return events.onBroken();
    const value = valueIn(data);
    const since = filledSinceIn(value);
    if (since !== undefined) events.onFilled?.(since);
    if (name === "flows" && isFlows(value)) events.onFlows(value.rows, value.skipped);
  });

  useEffect(() => {
    if (href === undefined) {
      setState("off");
      return;
    }
    let mark = "";
    let source: EventSource | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let dead: ReturnType<typeof setTimeout> | undefined;
    let wait = FIRST_WAIT_MS;

    const heard = (event: MessageEvent): void => {
      if (event.lastEventId !== "") mark = event.lastEventId;
      wait = FIRST_WAIT_MS;
      setState("live");
      clearTimeout(dead);
      dead = setTimeout(reopen, SILENT_MS);
    };
    const close = (): void => {
      clearTimeout(again);
      clearTimeout(dead);
      source?.close();
      source = undefined;
    };
    const open = (): void => {
      close();
      const after = mark === "" ? "" : `${href.includes("?") ? "&" : "?"}after=${encodeURIComponent(mark)}`;
      const opened = new EventSource(`${href}${after}`);
      source = opened;
      for (const name of ["flows", "beat", "broken"] as const) {
        opened.addEventListener(name, (event) => {
          heard(event);
          told(name, String(event.data));
        });
      }
      // the browser's own retry ends for good at any answer but 200
      opened.addEventListener("error", reopen);
    };
    function reopen(): void {
      close();
      setState("reconnecting");
      again = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
    // a browser has six connections to a server: a tab that nobody sees must not hold one
    const seen = (): void => {
      if (document.visibilityState === "visible") open();
      else close();
    };
    setState("connecting");
    seen();
    document.addEventListener("visibilitychange", seen);
    return () => {
      document.removeEventListener("visibilitychange", seen);
      close();
    };
  }, [href]);
  return state;
}

interface Flows {
  readonly rows: readonly FlowRow[];
  readonly skipped: number;
}

function valueIn(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function filledSinceIn(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("filledSince" in value)) return undefined;
  return typeof value.filledSince === "string" ? value.filledSince : undefined;
}

/** `/live` sends LiveRead's rows and count; both ends are built together, so the rows' shape holds. */
function isFlows(value: unknown): value is Flows {
  return (
    typeof value === "object" &&
    value !== null &&
    "rows" in value &&
    Array.isArray(value.rows) &&
    "skipped" in value &&
    typeof value.skipped === "number"
  );
}
