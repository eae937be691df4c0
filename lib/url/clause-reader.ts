/** Collects values, criterion by criterion, into one clause. */
import type { CriterionName, ValuesOf } from "#lib/filters/criterion.ts";
import type { Clause } from "#lib/filters/filter.ts";
import { type Criterion, SPELLINGS, type Spelling } from "./criteria.ts";
import type { Judge } from "./judge.ts";

export class ClauseReader {
  readonly #judge: Judge;
  #clause: Clause = {};

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  /** Undefined when the value was taken, else why not. Values said twice count once. */
  add(criterion: Criterion, text: string): string | undefined {
    return this.#add(criterion.key, text, criterion);
  }

  #add<N extends CriterionName>(key: N, text: string, criterion: Criterion): string | undefined {
    const { codec, check }: Spelling<ValuesOf<N>[number]> = SPELLINGS[key];
    const value = codec.read(text);
    if (value === undefined) return codec.trouble;
    const why = check?.(value) ?? this.#judge.value(criterion, value);
    if (why !== undefined) return why;
    const known: readonly ValuesOf<N>[number][] = this.#clause[key] ?? [];
    if (!known.some((other) => codec.print(other) === codec.print(value))) this.#clause = { ...this.#clause, [key]: [...known, value] };
    return undefined;
  }

  /** Undefined when nothing was taken. */
  clause(): Clause | undefined {
    return Object.keys(this.#clause).length === 0 ? undefined : this.#clause;
  }
}
