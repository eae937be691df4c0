/** Collects the parameters of one KQL predicate and hands out column names: the only two things its text is made of besides our own words. */
import type { KqlColumns, KqlFact, KqlParameter } from "../kql-columns.ts";

/** Why a criterion cannot be asked in KQL; caught at the room's own edge, in toKql. */
export class KqlRefusal extends Error {}

const COLUMN = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;

export class KqlWriter {
  readonly #columns: KqlColumns;
  readonly #prefix: string;
  readonly #parameters: KqlParameter[] = [];

  /** `prefix` keeps the parameters of several predicates in one query apart. */
  constructor(columns: KqlColumns, prefix: string) {
    this.#columns = columns;
    this.#prefix = prefix;
  }

  get parameters(): readonly KqlParameter[] {
    return this.#parameters;
  }

  /** Throws a KqlRefusal where the table has no such column. */
  column(fact: KqlFact): string {
    const name = this.#columns[fact];
    if (name === undefined) throw new KqlRefusal(`The table has no column for ${fact}.`);
    if (!COLUMN.test(name)) throw new RangeError(`not a column name: ${JSON.stringify(name)}`);
    return `['${name}']`;
  }

  text(value: string): string {
    return this.#add({ name: this.#next(), type: "string", value: wellFormed(value) });
  }

  number(value: number): string {
    if (!Number.isSafeInteger(value)) throw new KqlRefusal(`${value} is too large to be sent as a number.`);
    return this.#add({ name: this.#next(), type: "long", value });
  }

  list(values: readonly (string | number)[]): string {
    return this.#add({
      name: this.#next(),
      type: "dynamic",
      value: values.map((one) => (typeof one === "string" ? wellFormed(one) : one)),
    });
  }

  #next(): string {
    return `${this.#prefix}${this.#parameters.length}`;
  }

  #add(parameter: KqlParameter): string {
    this.#parameters.push(parameter);
    return parameter.name;
  }
}

/** JSON carries whole characters only, and text columns end at nothing but their length: NUL is fine, half a surrogate pair is not. */
function wellFormed(value: string): string {
  if (!value.isWellFormed()) throw new KqlRefusal("The value holds half a character, which no request can carry.");
  return value;
}
