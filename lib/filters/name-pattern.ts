/** Cilium's patterns over DNS and node names: full match, `*` for any run of `-.0-9a-z` (no underscore, no upper case). */

type NameTest = (name: string) => boolean;
type Pattern = { readonly built: NameTest } | { readonly reason: string };
type Canonical = { readonly pattern: string } | { readonly reason: string };

const BLANK = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const STAR = /^[-.0-9a-z]$/;
/** What an empty part stands for: labels between single dots. */
const ANY_PART = /^[-_0-9a-z]+(?:\.[-_0-9a-z]+)*$/;

/** Blanks around and one trailing dot are cut off and the pattern lower-cased; the names are not, so an upper-case name never matches. */
export function parseFqdnPattern(text: string): Pattern {
  const canonical = canonicalFqdn(text);
  return "reason" in canonical ? canonical : { built: matcherOf(canonical.pattern) };
}

/** `[cluster/]node`. An absent or empty part stands for any, underscores included. A flow's node without a slash is in cluster `default`. */
export function parseNodePattern(text: string): Pattern {
  const parts = nodePatternParts(text);
  if ("reason" in parts) return parts;
  const [cluster, node] = [partMatcher(parts.cluster), partMatcher(parts.node)];
  return { built: (name) => matchesNode(name.includes("/") ? name : `default/${name}`, cluster, node) };
}

/** Both parts in lower case without needless stars; the empty text stands for any name, underscores included. */
export function nodePatternParts(text: string): { readonly cluster: string; readonly node: string } | { readonly reason: string } {
  if (text === "") return { reason: "empty pattern" };
  const parts = text.split("/");
  if (parts.length > 2) return { reason: "too many slashes in pattern" };
  const cluster = nodePart(parts.length === 2 ? (parts[0] ?? "") : "");
  if ("reason" in cluster) return cluster;
  const node = nodePart(parts.at(-1) ?? "");
  return "reason" in node ? node : { cluster: cluster.pattern, node: node.pattern };
}

function matchesNode(name: string, cluster: NameTest, node: NameTest): boolean {
  const slash = name.indexOf("/");
  return cluster(name.slice(0, slash)) && node(name.slice(slash + 1));
}

function nodePart(text: string): Canonical {
  return text === "" ? { pattern: "" } : canonicalFqdn(text);
}

function partMatcher(pattern: string): NameTest {
  return pattern === "" ? (name) => ANY_PART.test(name) : matcherOf(pattern);
}

/** The pattern in lower case, without blanks around it, its trailing dot and needless stars. */
export function canonicalFqdn(text: string): Canonical {
  const trimmed = trimmedBlanks(text);
  const pattern = (trimmed.endsWith(".") ? trimmed.slice(0, -1) : trimmed).replaceAll("\u0130", "i").toLowerCase();
  if (pattern === "") return { reason: "empty pattern" };
  if (pattern.endsWith(".")) return { reason: "multiple trailing dots in pattern" };
  const odd = /[^-._*0-9a-z]/u.exec(pattern);
  return odd ? { reason: `'${odd[0]}': invalid rune in pattern` } : { pattern: pattern.replace(/\*+/g, "*") };
}

/** Go's TrimSpace, which knows other blanks than JavaScript's trim. */
function trimmedBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.test(text.charAt(start))) start += 1;
  while (end > start && BLANK.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function matcherOf(pattern: string): NameTest {
  return pattern.includes("*") ? (name) => matchesStars(pattern, name) : (name) => name === pattern;
}

/** Follows every way through the pattern at once: time grows with pattern times name, whatever stars there are. */
function matchesStars(pattern: string, name: string): boolean {
  let reached = afterStars(pattern, new Set([0]));
  for (const character of name) {
    const next = new Set<number>();
    for (const at of reached) {
      if (pattern[at] === "*") {
        if (STAR.test(character)) next.add(at);
      } else if (pattern[at] === character) next.add(at + 1);
    }
    if (next.size === 0) return false;
    reached = afterStars(pattern, next);
  }
  return reached.has(pattern.length);
}

/** A star may also stand for nothing. */
function afterStars(pattern: string, places: Set<number>): Set<number> {
  for (const at of places) if (pattern[at] === "*") places.add(at + 1);
  return places;
}
