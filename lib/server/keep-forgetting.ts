/** Forgets what is too old or too much, at once and every now and then. */
import type { Forgetful } from "#lib/stores/flow-store.ts";
import type { EngineNews } from "./engine-protocol.ts";

export interface ForgettingParts {
  readonly store: Partial<Forgetful>;
  /** Made-up data is a day old and stays. */
  readonly demo: object | undefined;
  /** 0 = for ever. */
  readonly retentionDays?: number;
  /** 0 = as much as comes. */
  readonly retentionBytes?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly tell: (news: EngineNews) => void;
  readonly everyMs?: { readonly days: number; readonly bytes: number };
}

const EVERY_MS = { days: 5 * 60_000, bytes: 30_000 };
const DAY_MS = 86_400_000;
/** Forgotten down to this share of the limit, so that it does not happen all the time. */
const ROOM = 0.9;
/** Never more at once: what is written down beside the flows (names, addresses) does not shrink with them. */
const SHARE_MOST = 0.5;
const SHARE_LEAST = 0.01;

/** Answers how to stop it. */
export function keepForgetting(parts: ForgettingParts): () => void {
  const { store, demo, retentionDays = 0, retentionBytes = 0, now = Date.now, tell, everyMs = EVERY_MS } = parts;
  if (demo !== undefined) return () => undefined;
  const timers: NodeJS.Timeout[] = [];
  const keep = (work: () => Promise<unknown>, ms: number): void => {
    let isBusy = false;
    const once = (): void => {
      if (isBusy) return;
      isBusy = true;
      work()
        .catch((error: unknown) =>
          tell({ news: "trouble", text: `old flows could not be forgotten: ${error instanceof Error ? error.message : String(error)}` }),
        )
        .finally(() => {
          isBusy = false;
        });
    };
    once();
    timers.push(setInterval(once, ms));
  };
  const { forgetBefore, forgetOldest, size } = store;
  if (retentionDays > 0 && forgetBefore !== undefined) keep(() => forgetBefore(now() - retentionDays * DAY_MS), everyMs.days);
  if (retentionBytes > 0 && forgetOldest !== undefined && size !== undefined)
    keep(async () => {
      const bytes = await size();
      if (bytes <= retentionBytes) return;
      await forgetOldest(Math.max(SHARE_LEAST, Math.min(SHARE_MOST, 1 - (retentionBytes * ROOM) / bytes)));
    }, everyMs.bytes);
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
