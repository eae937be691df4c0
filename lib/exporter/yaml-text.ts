/** Writes a value as YAML that every YAML 1.1 reader takes for the same value: what could be misread is quoted, what cannot be seen is escaped. */
import { Document, type Scalar, type ScalarTag } from "yaml";

export type YamlValue = string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** Words that YAML 1.1 takes for booleans or nothing; go-yaml knows them in lower, upper and title case. */
const RESOLVED_WORDS = new Set(["y", "yes", "n", "no", "on", "off", "true", "false", "null"]);
/** Begins like a name or a path, so no reader can take it for a number, a date or a mark of YAML's own. */
const PLAIN = /^(?:[A-Za-z_]|\/[A-Za-z_])[A-Za-z0-9_./-]*$/;
/** What a YAML reader refuses raw, and what a person cannot see. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\u00a0]/gu;
/** Several lines of visible text, none of them empty: the embedded file of a ConfigMap. */
const BLOCK = /^(?:[^\s\p{C}][^\p{C}\p{Zl}\p{Zp}]*\n)(?: *[^\s\p{C}][^\p{C}\p{Zl}\p{Zp}]*\n)+$/u;

/** Block style, two blanks, lists not indented under their key. */
export function yamlText(value: YamlValue): string {
  const document = new Document(value, {
    aliasDuplicateObjects: false,
    schema: "core",
    customTags: (tags) => [TEXT_TAG, ...tags.filter((tag) => typeof tag === "string" || tag.tag !== TEXT_TAG.tag)],
  });
  return document.toString({ lineWidth: 0, indentSeq: false, flowCollectionPadding: false });
}

const TEXT_TAG: ScalarTag = {
  tag: "tag:yaml.org,2002:str",
  default: true,
  identify: (value) => typeof value === "string",
  resolve: (text) => text,
  stringify: (scalar, { indent }) => textScalar(scalar, indent),
};

function textScalar(scalar: Scalar, indent: string): string {
  const text = String(scalar.value);
  if (BLOCK.test(text)) return ["|", ...text.slice(0, -1).split("\n")].join(`\n${indent}`);
  if (PLAIN.test(text) && !RESOLVED_WORDS.has(text.toLowerCase())) return text;
  return quoted(text);
}

/** JSON's escapes are YAML's, except that YAML has no surrogate pairs and calls code points beyond 16 bits `\U`. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
