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
const SHARE_MOST = 0.25;
const SHARE_LEAST = 0.01;
/** Forgetting helps when it gives back at least this part of what the flows' share of the bytes promised. */
const HELPS_FROM = 0.25;
/** After this many times without help nothing more is forgotten: it would take every flow and still not fit. */
const VAIN_MOST = 2;

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
    keep(withinSize({ forgetOldest, size }, retentionBytes, tell), everyMs.bytes);
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

/** One round of forgetting by size, which remembers whether the rounds before it helped. */
function withinSize(store: Pick<Forgetful, "forgetOldest" | "size">, limit: number, tell: (news: EngineNews) => void): () => Promise<void> {
  let awaited: number | undefined;
  let vain = 0;
  return async () => {
    const bytes = await store.size();
    if (bytes <= limit) {
      awaited = undefined;
      vain = 0;
      return;
    }
    if (vain >= VAIN_MOST) return;
    if (awaited !== undefined) vain = bytes > awaited ? vain + 1 : 0;
    if (vain >= VAIN_MOST) {
      tell({ news: "trouble", text: STUCK });
      return;
    }
    const share = Math.max(SHARE_LEAST, Math.min(SHARE_MOST, 1 - (limit * ROOM) / bytes));
    await store.forgetOldest(share);
    awaited = bytes * (1 - share * HELPS_FROM);
  };
}

const STUCK =
  "no more old flows are forgotten: the names and addresses kept beside them take most of --retention-size, and do not shrink. Allow more, or begin with an empty --data.";
