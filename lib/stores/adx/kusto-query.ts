/** A query as it is sent: a text made of our own words, and every value beside it as a declared parameter. */
import { type KqlParameter, parameterText } from "#lib/filters/kql-columns.ts";

export type ParameterType = "string" | "long" | "datetime" | "timespan" | "dynamic";

export interface QueryParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** As the request carries it: a text as it is, anything else as a literal of its type. */
  readonly sent: string;
}

export interface KustoQuery {
  /** Without the declaration of its parameters. One or more tabular statements, one result each. */
  readonly body: string;
  readonly parameters: readonly QueryParameter[];
  /** The columns of each result, where whoever asks has said so. */
  readonly results?: readonly (readonly (readonly [name: string, type: string])[])[];
  /** False = whoever asks the same later gets an answer of then: it is too large to be kept, or must be fresh. */
  readonly isKept?: boolean;
}

/**
 * What the service is given to parse. `extract` wants a constant, which a declared parameter is not to Microsoft's parser (12.4.1, KS129) and
 * the result of `toscalar` is (documented): a parameter that `extract` reads goes through one.
 */
export function queryText({ body, parameters }: KustoQuery): string {
  if (parameters.length === 0) return body;
  const constants = parameters.filter(({ name }) => new RegExp(`\\bextract\\(${name}\\b`).test(body));
  const declared = parameters.map(({ name, type }) => `${constants.some((one) => one.name === name) ? sentName(name) : name}:${type}`);
  const lets = constants.map(({ name }) => `let ${name} = toscalar(print ${sentName(name)});\n`);
  return `declare query_parameters(${declared.join(", ")});\n${lets.join("")}${body}`;
}

/** The names and values that go beside the text. */
export function sentParameters(query: KustoQuery): readonly (readonly [name: string, value: string])[] {
  const text = queryText(query);
  return query.parameters.map(({ name, sent }) => [text.includes(`toscalar(print ${sentName(name)})`) ? sentName(name) : name, sent]);
}

function sentName(name: string): string {
  return `${name}_sent`;
}

/** The same with the values inside, for a person to run elsewhere: parameters become `let` statements. */
export function standaloneText({ body, parameters }: KustoQuery): string {
  const lets = parameters.map(({ name, type, sent }) => `let ${name} = ${type === "string" ? stringLiteral(sent) : sent};`);
  return [...lets, body].join("\n");
}

/** A KQL string literal: everything that could end it or hide in it is escaped. */
export function stringLiteral(text: string): string {
  const escaped = Array.from(text, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    const code = character.codePointAt(0) ?? 0;
    const plain = code >= 0x20 && code < 0x7f;
    return plain ? character : units(character);
  });
  return `"${escaped.join("")}"`;
}

function units(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

export function textParameter(name: string, text: string): QueryParameter {
  return { name, type: "string", sent: text };
}

export function listParameter(name: string, texts: readonly string[]): QueryParameter {
  return { name, type: "dynamic", sent: `dynamic(${JSON.stringify(texts)})` };
}

export function longParameter(name: string, number: number): QueryParameter {
  return { name, type: "long", sent: `long(${Math.trunc(number)})` };
}

/** Milliseconds since 1970; beyond what a datetime holds it is the nearest one that does. */
export function timeParameter(name: string, ms: number): QueryParameter {
  const held = Math.min(Math.max(ms, EARLIEST_MS), LATEST_MS);
  return { name, type: "datetime", sent: `datetime(${new Date(held).toISOString()})` };
}

const EARLIEST_MS = Date.UTC(1970, 0, 1);
const LATEST_MS = Date.UTC(9998, 11, 31);

/** 100 ns since 1970. */
export function tickParameter(name: string, ticks: bigint): QueryParameter {
  const fraction = ((ticks % 10_000_000n) + 10_000_000n) % 10_000_000n;
  const second = new Date(Number((ticks - fraction) / 10_000n)).toISOString().slice(0, 19);
  return { name, type: "datetime", sent: `datetime(${second}.${String(fraction).padStart(7, "0")}Z)` };
}

/** Milliseconds. */
export function spanParameter(name: string, ms: number): QueryParameter {
  return { name, type: "timespan", sent: `time(${Math.trunc(ms)}ms)` };
}

export function filterParameters(parameters: readonly KqlParameter[]): QueryParameter[] {
  return parameters.map((parameter) => ({ name: parameter.name, type: parameter.type, sent: parameterText(parameter) }));
}
