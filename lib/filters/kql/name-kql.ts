/** FQDN and node-name patterns as regular expressions. */
import type { KqlFact } from "../kql-columns.ts";
import { canonicalFqdn, nodePatternParts, parseFqdnPattern } from "../name-pattern.ts";
import { elementRegex } from "./json-regex.ts";
import { jsonMatches } from "./kql-tests.ts";
import { KqlRefusal, type KqlWriter } from "./kql-writer.ts";

export function namedLike(write: KqlWriter, fact: KqlFact, patterns: readonly string[]): string {
  const forms = patterns.map((text) => {
    const canonical = canonicalFqdn(text);
    if ("reason" in canonical) throw new KqlRefusal(canonical.reason);
    return starred(canonical.pattern);
  });
  return jsonMatches(write, fact, elementRegex(forms.join("|")));
}

/** A node that the flow names without a slash is in cluster `default`. */
export function nodeLike(write: KqlWriter, fact: KqlFact, patterns: readonly string[]): string {
  const forms = patterns.map((text) => {
    const parts = nodePatternParts(text);
    if ("reason" in parts) throw new KqlRefusal(parts.reason);
    const inDefault = parts.cluster === "" || isLike(parts.cluster, "default");
    const cluster = `(?:${partRegex(parts.cluster)}/)`;
    return `${cluster}${inDefault ? "?" : ""}${partRegex(parts.node)}`;
  });
  const column = write.column(fact);
  return `(isnotempty(${column}) and ${column} matches regex ${write.text(`^(?:${forms.join("|")})$`)})`;
}

function partRegex(pattern: string): string {
  return pattern === "" ? "[-._0-9a-z]*" : starred(pattern);
}

/** What stands besides stars is letters, digits, dots, dashes and underscores. */
function starred(pattern: string): string {
  return pattern.replaceAll(".", String.raw`\.`).replaceAll("*", "[-.0-9a-z]*");
}

function isLike(pattern: string, name: string): boolean {
  const parsed = parseFqdnPattern(pattern);
  return "built" in parsed && parsed.built(name);
}
