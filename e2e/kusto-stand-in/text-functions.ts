/** Scalar functions over texts. */
import { createHash } from "node:crypto";
import { type FunctionTable, numberAt, textAt, valueAt } from "./function-arguments.ts";
import { isArray, textOfValue, type Value } from "./kql-values.ts";

export const TEXT_FUNCTIONS: FunctionTable = {
  strcat: (args, types) => args.map((value, index) => textOfValue(value, types[index] ?? "")).join(""),
  strcat_array: (args) => (isArray(args[0]) ? args[0].map((one) => textOfValue(one, "dynamic")).join(textAt(args, 1)) : ""),
  strlen: (args) => Array.from(textAt(args, 0)).length,
  tolower: (args, types) => textAt(args, 0, types).toLowerCase(),
  toupper: (args, types) => textAt(args, 0, types).toUpperCase(),
  strcmp: (args) => {
    const [a, b] = [textAt(args, 0), textAt(args, 1)];
    return a < b ? -1 : a > b ? 1 : 0;
  },
  substring: (args) => {
    const text = textAt(args, 0);
    const start = numberAt(args, 1);
    const from = start < 0 ? Math.max(0, text.length + start) : start;
    return args.length > 2 ? text.slice(from, from + numberAt(args, 2)) : text.slice(from);
  },
  indexof: (args) => textAt(args, 0).indexOf(textAt(args, 1)),
  countof: (args) => {
    if (args.length > 2) throw new Error("countof() with a kind is not supported");
    return textAt(args, 1) === "" ? 0 : textAt(args, 0).split(textAt(args, 1)).length - 1;
  },
  replace_string: (args) => textAt(args, 0).replaceAll(textAt(args, 1), () => textAt(args, 2)),
  replace_regex: (args) => {
    const rewrite = textAt(args, 2)
      .replaceAll("$", "$$$$")
      .replace(/\\(\d)/g, (_, group: string) => (group === "0" ? "$&" : `$${group}`));
    return textAt(args, 0).replace(regexOf(textAt(args, 1), "g"), rewrite);
  },
  trim: (args) => trimStart(textAt(args, 0), trimEnd(textAt(args, 0), textAt(args, 1))),
  trim_start: (args) => trimStart(textAt(args, 0), textAt(args, 1)),
  trim_end: (args) => trimEnd(textAt(args, 0), textAt(args, 1)),
  split: (args) => {
    const pieces = textAt(args, 0).split(textAt(args, 1));
    if (args.length < 3) return pieces;
    const piece = pieces[numberAt(args, 2)];
    return piece === undefined ? [] : [piece];
  },
  extract: (args) => regexOf(textAt(args, 0)).exec(textAt(args, 2))?.[numberAt(args, 1)] ?? "",
  extract_all: (args): Value => {
    if (args.length > 2) throw new Error("extract_all() with chosen groups is not supported");
    const found = [...textAt(args, 1).matchAll(regexOf(textAt(args, 0), "g"))].map(([, ...groups]): Value => {
      const texts = groups.map((group: string | undefined) => group ?? "");
      return texts.length > 1 ? texts : (texts[0] ?? "");
    });
    return found.length > 0 ? found : null;
  },
  regex_quote: (args) => textAt(args, 0).replace(/[\\^$.|?*+()[\]{}-]/g, "\\$&"),
  hash_sha256: (args, types) =>
    createHash("sha256")
      .update(textAt(args, 0, types))
      .digest("hex"),
  base64_encode_tostring: (args) => Buffer.from(textAt(args, 0)).toString("base64"),
  isempty: (args) => valueAt(args, 0) === null || valueAt(args, 0) === "",
  isnotempty: (args) => valueAt(args, 0) !== null && valueAt(args, 0) !== "",
};

function trimStart(pattern: string, text: string): string {
  return text.replace(regexOf(`^(?:${pattern})`), "");
}

function trimEnd(pattern: string, text: string): string {
  return text.replace(regexOf(`(?:${pattern})$`), "");
}

const known = new Map<string, RegExp>();

/** RE2 as JavaScript says it: leading flags become flags. Patterns that only one of the two knows are refused by JavaScript. */
export function regexOf(pattern: string, flags = ""): RegExp {
  const key = `${flags}/${pattern}`;
  const found = known.get(key);
  if (found !== undefined) {
    found.lastIndex = 0;
    return found;
  }
  if (/\(\?<?[=!]|\\[1-9]/.test(pattern)) throw new Error(`RE2 has no look-around and no back references: ${pattern}`);
  const lead = /^\(\?([ims]+)\)/.exec(pattern);
  const body = (lead === null ? pattern : pattern.slice(lead[0].length)).replaceAll("\\z", "$").replaceAll("\\A", "^");
  const made = new RegExp(body, `${flags}${lead?.[1] ?? ""}`);
  known.set(key, made);
  return made;
}

/** Whether a text holds another as a whole run of letters and digits, as `has` asks. */
export function hasTerm(text: string, term: string, exact: boolean): boolean {
  const [hay, needle] = exact ? [text, term] : [text.toLowerCase(), term.toLowerCase()];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
    if (!isWordAt(hay, at - 1) && !isWordAt(hay, at + needle.length)) return true;
  }
  return false;
}

function isWordAt(text: string, index: number): boolean {
  return index >= 0 && index < text.length && /[\p{L}\p{N}]/u.test(text.charAt(index));
}
