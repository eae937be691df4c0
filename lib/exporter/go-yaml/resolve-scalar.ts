/** What a scalar is by go-yaml's rules of YAML 1.1: `on` is true, `010` is 8, `1_000` is 1000, dates stay text. */
import { parseGoFloat, parseGoInteger } from "./go-number.ts";
import type { ScalarNode } from "./node.ts";
import { Unreadable } from "./unreadable.ts";

export type Resolved =
  | { readonly is: "null" }
  | { readonly is: "bool"; readonly value: boolean }
  | { readonly is: "integer"; readonly value: bigint }
  | { readonly is: "float"; readonly value: number }
  | { readonly is: "text"; readonly value: string };

const TAG = "tag:yaml.org,2002:";
const RESOLVABLE = new Set(["", "str", "bool", "int", "float", "null", "timestamp"].map((name) => (name === "" ? "" : TAG + name)));

const WORDS: ReadonlyMap<string, Resolved> = new Map([
  ...["", "~", "null", "Null", "NULL"].map((word): [string, Resolved] => [word, { is: "null" }]),
  ...cased("y", "yes", "true", "on").map((word): [string, Resolved] => [word, { is: "bool", value: true }]),
  ...cased("n", "no", "false", "off").map((word): [string, Resolved] => [word, { is: "bool", value: false }]),
  ...[".nan", ".NaN", ".NAN"].map((word): [string, Resolved] => [word, { is: "float", value: Number.NaN }]),
  ...infinities("", Number.POSITIVE_INFINITY),
  ...infinities("+", Number.POSITIVE_INFINITY),
  ...infinities("-", Number.NEGATIVE_INFINITY),
]);

/** Throws Unreadable where a tag asks for something that the text is not. */
export function resolveScalar(node: ScalarNode): Resolved {
  if (node.tag === "" && !node.implicit) return { is: "text", value: node.text };
  if (node.tag === `${TAG}binary`) return { is: "text", value: decodeBinary(node) };
  if (!RESOLVABLE.has(node.tag) || node.tag === `${TAG}str`) return { is: "text", value: node.text };
  if (node.tag === `${TAG}timestamp` && isTimestamp(node.text)) return { is: "text", value: node.text };
  const resolved = resolvePlain(node.text);
  if (node.tag === "" || TAG + tagOf(resolved) === node.tag) return resolved;
  if (node.tag === `${TAG}float` && resolved.is === "integer") return { is: "float", value: Number(resolved.value) };
  throw new Unreadable(`cannot decode !!${tagOf(resolved)} \`${node.text}\` as a !!${node.tag.slice(TAG.length)}`, node.span.start);
}

function resolvePlain(text: string): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text.startsWith(".")) return asFloat(text) ?? { is: "text", value: text };
  if (!/^[-+0-9]/.test(text) || isTimestamp(text)) return { is: "text", value: text };
  const plain = text.replaceAll("_", "");
  const integer = parseGoInteger(plain);
  if (integer !== undefined) return { is: "integer", value: integer };
  return asFloat(plain) ?? signedBinary(plain) ?? { is: "text", value: text };
}

function asFloat(text: string): Resolved | undefined {
  const value = parseGoFloat(text);
  return value === undefined ? undefined : { is: "float", value };
}

/** go-yaml takes a sign after the base too: `0b-101` is -5. */
function signedBinary(text: string): Resolved | undefined {
  const [, sign = "", digits] = /^0b([+-])([01]{1,63})$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const magnitude = BigInt(`0b${digits}`);
  return { is: "integer", value: sign === "-" ? -magnitude : magnitude };
}

function tagOf(resolved: Resolved): string {
  const tags = { null: "null", bool: "bool", integer: "int", float: "float", text: "str" } as const;
  return tags[resolved.is];
}

/** RFC 3339 with short fields, `t` for `T`, a blank and no zone, or a date alone. */
function isTimestamp(text: string): boolean {
  return /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:[.,][0-9]+)?)?$/.test(
    text,
  );
}

/** Bytes that are no UTF-8 become U+FFFD when the agent writes them as JSON. Line breaks inside are let through. */
function decodeBinary(node: ScalarNode): string {
  const clean = node.text.replace(/[\r\n]/g, "");
  if (clean.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(clean)) {
    throw new Unreadable("!!binary value contains invalid base64 data", node.span.start);
  }
  return new TextDecoder().decode(Uint8Array.from(atob(clean), (character) => character.charCodeAt(0)));
}

function cased(...words: readonly string[]): readonly string[] {
  return words.flatMap((word) => [word, word[0]?.toUpperCase() + word.slice(1), word.toUpperCase()]);
}

function infinities(sign: string, value: number): readonly [string, Resolved][] {
  return [".inf", ".Inf", ".INF"].map((word) => [sign + word, { is: "float", value }]);
}
