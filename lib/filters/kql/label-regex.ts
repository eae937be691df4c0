/** The texts of labels that have a key, and of those that have not, as regular expressions over their JSON. */
import type { SelectorKey } from "../label-key.ts";
import { literalRegex } from "./json-regex.ts";
import { KqlRefusal } from "./kql-writer.ts";

/** One character inside a JSON string, but for these. */
function unit(but = ""): string {
  return String.raw`(?:[^${but}"\\]|\\.)`;
}

const SOURCE = `(?:${unit(":$")}${unit(":")}*)?:`;

/**
 * Labels that have the key with one of the values; undefined = with any or none. A key without a source is answered by labels of any source
 * and of none, which hold no colon; `$x` is `reserved:x`.
 */
export function labelWith({ source, key }: SelectorKey, values: readonly string[] | undefined): string {
  const name = literal(key);
  const legacy = values === undefined || values.includes("") ? [String.raw`\$${name}`] : [];
  const tail = (anything: string): string =>
    values === undefined ? `(?:=${anything}*)?` : `(?:${values.map((value) => (value === "" ? "=?" : `=${literal(value)}`)).join("|")})`;
  if (source !== "any") return [`${literal(source)}:${name}${tail(unit())}`, ...(source === "reserved" ? legacy : [])].join("|");
  return [`${SOURCE}${name}${tail(unit())}`, `${name}${tail(unit(":"))}`, ...legacy].join("|");
}

/** Every other label. */
export function labelWithout({ source, key }: SelectorKey): string {
  if (source === "any") return [legacyOtherThan(key), `${SOURCE}${differing(key)}`, differing(key, ":", "$")].join("|");
  if (source === "reserved") return [legacyOtherThan(key), differing(`reserved:${key}`, "", "$")].join("|");
  return differing(`${source}:${key}`);
}

function legacyOtherThan(key: string): string {
  return String.raw`\$(?:${parting(key)}|${literal(key)}${unit()}+)`;
}

/** Texts that do not begin with this one and then end or go on with an equals sign; `never` stands nowhere, `notFirst` not in front. */
function differing(text: string, never = "", notFirst = ""): string {
  return `(?:${parting(text, never, notFirst)}|${literal(text)}${unit(`=${never}`)}${unit(never)}*)`;
}

/** Texts that leave this one before its end: by another character, or by ending. */
function parting(text: string, never = "", notFirst = ""): string {
  const forms = Array.from(text, (character, at) => {
    const other = unit(`${inClass(character)}${never}${at === 0 ? notFirst : ""}`);
    return `${literal(text.slice(0, at))}(?:${other}${unit(never)}*)?`;
  });
  return forms.join("|");
}

/** Of the characters of legal label keys only the dash means something in a class. */
function inClass(character: string): string {
  return character === "-" ? String.raw`\-` : character;
}

function literal(text: string): string {
  const regex = literalRegex(text);
  if (regex === undefined) throw new KqlRefusal("The label holds characters that JSON may write in more than one way.");
  return regex;
}
