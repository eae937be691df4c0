/** Replays in the engine: each walks through the store a stretch at a time, so that other questions are answered in between. */
import { createDecoder } from "#lib/decode/decoder.ts";
import { utf8Of } from "#lib/decode/line-text.ts";
import { unwrap } from "#lib/decode/unwrap.ts";
import type { ExporterConfig, TargetVersion } from "#lib/exporter/config.ts";
import { createReplay, type Replay } from "#lib/exporter/replay.ts";
import type { ReplayCut, ReplayReport } from "#lib/exporter/replay-report.ts";
import type { ReplayResult } from "#lib/exporter/replay-result.ts";
import { compileCel } from "#lib/filters/cel/cel-program.ts";
import type { Problem } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowScan, Scannable } from "#lib/stores/flow-scan.ts";
import type { REPLAY_METHODS } from "./engine-protocol.ts";
import type { Handler } from "./rpc.ts";

export interface ReplayAsk {
  readonly window: ResolvedWindow;
  /** To be compared: the present one first. */
  readonly configs: readonly ExporterConfig[];
  readonly version: TargetVersion;
}

export type ReplayOpened = { readonly id: number; readonly total: number } | { readonly problem: Problem };

export interface ReplayStep {
  readonly id: number;
  /** Whether the answer is to hold what is known so far; it always does at the end. */
  readonly wantsReport: boolean;
}

export type ReplayProgress =
  | { readonly looked: number; readonly isDone: boolean; readonly report: ReplayReport | undefined }
  | { readonly problem: Problem };

export interface ReplayDesk {
  open(ask: ReplayAsk, gone?: AbortSignal): Promise<ReplayOpened>;
  step(step: ReplayStep, gone?: AbortSignal): Promise<ReplayProgress>;
  close(id: number): Promise<void>;
}

export interface ReplayParts {
  readonly store: Partial<Scannable>;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
  readonly limits?: ReplayLimits;
}

export interface ReplayLimits {
  /** Flows that one replay looks at. */
  readonly flows: number;
  /** Milliseconds of work that one replay may take. */
  readonly workMs: number;
  /** Replays at once. */
  readonly open: number;
  /** Milliseconds after which one that nobody asks for is forgotten. */
  readonly idleMs: number;
}

export const REPLAY_LIMITS: ReplayLimits = { flows: 3_000_000, workMs: 60_000, open: 3, idleMs: 30_000 };

interface Running {
  readonly ask: ReplayAsk;
  readonly scan: FlowScan;
  readonly fold: Replay;
  /** The one that is being looked at: what CEL asks for the message of. */
  readonly event: { line: string };
  from: number;
  looked: number;
  undecoded: number;
  /** Somebody waits for a stretch, however long it takes. */
  isStepping: boolean;
  workMs: number;
  askedAt: number;
}

export function createReplayDesk({ store, now, limits = REPLAY_LIMITS }: ReplayParts): ReplayDesk {
  const running = new Map<number, Running>();
  // one for all: what many lines share, it learns once
  const decoder = createDecoder();
  let last = 0;

  const forgetIdle = (): void => {
    for (const [id, { askedAt, isStepping }] of running) if (!isStepping && now() - askedAt > limits.idleMs) running.delete(id);
  };

  const reportOf = ({ ask, scan, fold, from, looked, undecoded }: Running, cut: ReplayCut | undefined): ReplayReport => ({
    ...withBlindSpots(fold.result(Math.max(0, ask.window.to - from)), scan.blindSpots),
    flows: looked,
    total: scan.total,
    undecoded,
    looked: { from, to: ask.window.to },
    cut,
  });

  return {
    async open(ask, gone) {
      forgetIdle();
      if (store.scan === undefined) return { problem: CANNOT };
      if (running.size >= limits.open) return { problem: BUSY };
      const id = ++last;
      const { configs, version, window } = ask;
      const event = { line: "" };
      const context = { compileCel, messageOf: () => messageIn(event.line) };
      const fold = createReplay({ configs, version, windowMs: window.to - window.from, context });
      const scan = await store.scan(window, gone);
      if ("problem" in scan) return scan;
      running.set(id, { ask, scan, fold, event, from: window.to, looked: 0, undecoded: 0, workMs: 0, askedAt: now(), isStepping: false });
      return { id, total: scan.total };
    },

    async step({ id, wantsReport }, gone) {
      const own = running.get(id);
      if (own === undefined) return { problem: FORGOTTEN };
      const begun = now();
      own.isStepping = true;
      const stretch = await own.scan.next(gone);
      own.isStepping = false;
      if (stretch !== undefined && "problem" in stretch) {
        running.delete(id);
        return stretch;
      }
      if (stretch === undefined) own.from = own.ask.window.from;
      for (const { line, time } of stretch?.lines ?? []) {
        const decoded = decoder.decode(line, { fallbackTime: time });
        if (decoded.is !== "flow") {
          own.undecoded += 1;
          continue;
        }
        own.event.line = exportLineOf(line);
        own.fold.add(decoded.flow, own.event.line);
        own.looked += 1;
      }
      if (stretch !== undefined) own.from = stretch.from;
      own.askedAt = now();
      own.workMs += own.askedAt - begun;
      const cut = stretch === undefined ? undefined : cutOf(own, limits);
      const isDone = stretch === undefined || cut !== undefined;
      if (isDone) running.delete(id);
      return { looked: own.looked, isDone, report: isDone || wantsReport ? reportOf(own, cut) : undefined };
    },

    async close(id) {
      running.delete(id);
    },
  };
}

export function replayHandlers(desk: ReplayDesk): { readonly [M in (typeof REPLAY_METHODS)[number]]: Handler } {
  return {
    "replay-open": (input, gone) => desk.open(given(input), gone),
    "replay-step": (input, gone) => desk.step(given(input), gone),
    "replay-close": (input) => desk.close(given(input)),
  };
}

/** The main thread sent what the step of this name takes; both ends are compiled together, so the shape holds. */
function given<T>(input: unknown): T {
  return input as T;
}

function cutOf({ looked, workMs, scan }: Running, limits: ReplayLimits): ReplayCut | undefined {
  if (looked >= scan.total) return undefined;
  if (looked >= Math.min(limits.flows, scan.most ?? limits.flows)) return "flows";
  return workMs >= limits.workMs ? "time" : undefined;
}

function withBlindSpots(result: ReplayResult, blindSpots: readonly string[] = []): ReplayResult {
  return { ...result, blindSpots: [...result.blindSpots, ...blindSpots] };
}

function messageIn(line: string): unknown {
  try {
    const envelope: unknown = JSON.parse(line);
    return typeof envelope === "object" && envelope !== null && "flow" in envelope ? envelope.flow : envelope;
  } catch {
    return undefined;
  }
}

/** What the exporter wrote, without what a log shipper put around it. */
function exportLineOf(line: string): string {
  const text = utf8Of(line);
  if (text.startsWith('{"flow":{')) return text;
  const found = unwrap(text);
  if (found.is !== "flow") return text;
  // deeper inside what a shipper made of it, there is no text of the event alone
  if (found.at.keys.length > 1) return JSON.stringify({ flow: found.flow });
  return found.at.text.slice(found.at.start).trim();
}

const CANNOT: Problem = {
  kind: "unavailable",
  title: "This store cannot be replayed.",
  detail: "Its flows cannot be walked through line by line.",
  next: "Read the same logs into Weir's own store to replay them.",
};

const BUSY: Problem = {
  kind: "too-much",
  title: "Other replays are running.",
  detail: "Weir runs a few at a time, so that views stay quick.",
  next: "Try again in a moment.",
};

const FORGOTTEN: Problem = {
  kind: "timeout",
  title: "This replay was given up.",
  detail: "Nobody asked for it for a while, or the store was started again.",
  next: "Try again.",
};
