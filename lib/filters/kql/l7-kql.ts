/** What the L7 proxy saw: DNS queries and HTTP requests. */
import type { HttpHeaderValue } from "../filter.ts";
import type { KqlFact } from "../kql-columns.ts";
import { allOf, anyOf, jsonMatches } from "./kql-tests.ts";
import { KqlRefusal, type KqlWriter } from "./kql-writer.ts";
import { objectRegex } from "./object-regex.ts";
import { portableRegex } from "./portable-regex.ts";

/** Any of the patterns, anywhere in the text. */
export function found(write: KqlWriter, protocol: "dns" | "http", fact: KqlFact, patterns: readonly string[]): string {
  const column = write.column(fact);
  return ofProtocol(
    write,
    protocol,
    patterns.map((pattern) => {
      const portable = portableRegex(pattern);
      if ("reason" in portable) throw new KqlRefusal(portable.reason);
      return `${column} matches regex ${write.text(portable.regex)}`;
    }),
  );
}

/** Equal whatever the case; only ASCII is folded by everybody alike. */
export function methodIn(write: KqlWriter, values: readonly string[]): string {
  const column = write.column("http_method");
  return ofProtocol(
    write,
    "http",
    values.map((value) => {
      if (!/^[\x20-\x7e]*$/.test(value)) throw new KqlRefusal("KQL folds the case of other letters in its own way.");
      return value === "" ? `isempty(${column})` : `${column} =~ ${write.text(value)}`;
    }),
  );
}

/** `404`, or `4+` and `40+` for what begins so; requests have no code, and no code has less than three digits. */
export function statusIn(write: KqlWriter, values: readonly string[]): string {
  const code = `coalesce(${write.column("http_code")}, int(0))`;
  return ofProtocol(
    write,
    "http",
    values.map((value) => {
      const wanted = write.text(value.replace("+", ""));
      return `(${code} >= 100 and tostring(${code}) ${value.endsWith("+") ? "startswith_cs" : "=="} ${wanted})`;
    }),
  );
}

export function headerIn(write: KqlWriter, values: readonly HttpHeaderValue[]): string {
  const forms = values.map(({ key = "", value = "" }) => objectRegex({ key, value }));
  return ofProtocol(write, "http", [jsonMatches(write, "http_headers", forms.join("|"))]);
}

function ofProtocol(write: KqlWriter, protocol: "dns" | "http", terms: readonly string[]): string {
  return allOf([`${write.column("l7_protocol")} == "${protocol}"`, anyOf(terms)]);
}
