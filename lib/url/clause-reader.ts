/** Collects values, criterion by criterion, into one clause. */
import type { Clause, EventTypeValue, WorkloadValue } from "#lib/filters/filter.ts";
import { readEvent, readNumber, readWorkload, textOf } from "./clause-values.ts";
import type { Criterion, EventKey, NumberKey, TextKey, WorkloadKey } from "./criteria.ts";
import type { Judge } from "./judge.ts";

export class ClauseReader {
  readonly #judge: Judge;
  readonly #texts: { [K in TextKey]?: readonly string[] } = {};
  readonly #numbers: { [K in NumberKey]?: readonly number[] } = {};
  readonly #workloads: { [K in WorkloadKey]?: readonly WorkloadValue[] } = {};
  readonly #events: { [K in EventKey]?: readonly EventTypeValue[] } = {};

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  /** Undefined when the value was taken, else why not. Values said twice count once. */
  add(criterion: Criterion, text: string): string | undefined {
    switch (criterion.kind) {
      case "text": {
        const why = criterion.check?.(text) ?? this.#judge.value(criterion, text);
        if (why === undefined) this.#texts[criterion.key] = distinct([...(this.#texts[criterion.key] ?? []), text]);
        return why;
      }
      case "number": {
        const value = readNumber(text);
        if (value === undefined) return "This is no whole number from 0 to 4294967295.";
        const why = this.#judge.value(criterion, value);
        if (why !== undefined) return why;
        this.#numbers[criterion.key] = distinct([...(this.#numbers[criterion.key] ?? []), value]);
        return undefined;
      }
      case "workload": {
        const known = this.#workloads[criterion.key] ?? [];
        const value = readWorkload(text);
        if (value === undefined) return "A workload is a name or Kind/name.";
        const why = this.#judge.value(criterion, value);
        if (why !== undefined) return why;
        if (!known.some((other) => textOf(other) === textOf(value))) this.#workloads[criterion.key] = [...known, value];
        return undefined;
      }
      case "event": {
        const known = this.#events[criterion.key] ?? [];
        const value = readEvent(text);
        if (value === undefined) return "An event type is a number, or type:subtype.";
        const why = this.#judge.value(criterion, value);
        if (why !== undefined) return why;
        if (!known.some((other) => textOf(other) === textOf(value))) this.#events[criterion.key] = [...known, value];
        return undefined;
      }
    }
  }

  /** Undefined when nothing was taken. */
  clause(): Clause | undefined {
    const clause = { ...this.#texts, ...this.#numbers, ...this.#workloads, ...this.#events };
    return Object.keys(clause).length === 0 ? undefined : clause;
  }
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
