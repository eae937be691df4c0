/** A flow of a replay, as its exporter writes it. */
import { exportLine, type FlowMessage, isObject, utf8Length } from "#lib/filters/apply-mask.ts";

/** A flow of the exporter: its message as JSON, or the whole line, as text of UTF-16 (not latin1) without any wrapping. */
export type ReplayEvent = FlowMessage | string;

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
