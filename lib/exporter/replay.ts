/** Runs configurations over flows that are stored: what each entry would have written, how much of it, and why not the rest. A fold, so that any number of flows can stream through. */
import { exportLine, type FlowMessage, isObject, utf8Length } from "#lib/filters/apply-mask.ts";
import type { BuildContext } from "#lib/filters/criterion.ts";
import type { Flow } from "#lib/flows/flow.ts";
import type { ExporterConfig, TargetVersion } from "./config.ts";
import { createSeen } from "./replay-blind-spots.ts";
import { createEntryReplay } from "./replay-entry.ts";
import type { ReplayResult } from "./replay-result.ts";

export interface ReplayOptions {
  /** Side by side: the current one and the candidate, as a rule. */
  readonly configs: readonly ExporterConfig[];
  readonly version: TargetVersion;
  /** Milliseconds that the flows are drawn from; what `result` is told counts instead. */
  readonly windowMs: number;
  /** What CEL expressions need; without it entries with such are refused. */
  readonly context?: BuildContext;
}

/** A flow of the exporter: its message as JSON, or the whole line, as text of UTF-16 (not latin1) without any wrapping. */
export type ReplayEvent = FlowMessage | string;

export interface Replay {
  /** `flow` and `event` are the same flow. An event that is no JSON counts as a flow without a size. */
  add(flow: Flow, event: ReplayEvent): void;
  /** So far. May be asked again and again. */
  result(windowMs?: number): ReplayResult;
}

export function createReplay({ configs, version, windowMs, context = {} }: ReplayOptions): Replay {
  const replays = configs.map(({ entries }) => entries.map((entry) => createEntryReplay(entry, version, context)));
  const seen = createSeen();
  let flows = 0;
  return {
    add: (flow, event) => {
      flows++;
      const exported = new Exported(event);
      seen.add(flow);
      for (const entries of replays) for (const entry of entries) entry.add(flow, exported);
    },
    result: (looked = windowMs) => ({
      flows,
      windowMs: looked,
      configs: replays.map((entries) => ({ entries: entries.map((entry) => entry.result()) })),
      blindSpots: seen.blindSpots(configs),
    }),
  };
}

/** A flow as an exporter without a mask writes it; made when it is asked for, because most flows match nothing. */
export class Exported {
  readonly #event: ReplayEvent;
  #message: FlowMessage | undefined;
  #line: string | undefined;

  constructor(event: ReplayEvent) {
    this.#event = event;
  }

  /** Undefined where the event is no JSON. */
  get message(): FlowMessage | undefined {
    this.#message ??= typeof this.#event === "string" ? messageIn(this.#event) : this.#event;
    return this.#message;
  }

  /** Empty where there is none. */
  get line(): string {
    this.#line ??= this.message === undefined ? "" : exportLine(this.message);
    return this.#line;
  }

  /** With the newline; 0 where there is no line. */
  get bytes(): number {
    return this.line === "" ? 0 : utf8Length(this.line) + 1;
  }
}

/** The envelope's flow, or a flow without an envelope. */
function messageIn(line: string): FlowMessage | undefined {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(event)) return undefined;
  return isObject(event.flow) ? event.flow : event;
}
