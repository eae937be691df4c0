/** Command line and environment → raw values by option name, and what was not understood about the names themselves. */
import { OPTIONS, type Option, type OptionName } from "./options.ts";

/** One value as written, and where: `--port` or `WEIR_PORT`. */
export interface Given {
  readonly text: string;
  readonly where: string;
}

export interface GivenOptions {
  readonly values: ReadonlyMap<OptionName, readonly Given[]>;
  readonly problems: readonly string[];
}

const BY_NAME: ReadonlyMap<string, Option & { readonly name: OptionName }> = new Map(OPTIONS.map((option) => [option.name, option]));
const SEPARATOR = new Map<OptionName, string>([
  ["file", ":"],
  ["allow-host", ","],
  ["adx-trust-host", ","],
  ["relay", ","],
  ["relay-ca", ","],
  ["relay-cert", ","],
  ["relay-key", ","],
  ["relay-server-name", ","],
]);

/** Bare words count as `--file`, because a shell turns `--file *.log` into one option and many words. */
export function readOptions(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): GivenOptions {
  const values = new Map<OptionName, Given[]>();
  const problems: string[] = [];
  const add = (name: OptionName, given: Given): void => {
    values.set(name, [...(values.get(name) ?? []), given]);
  };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "-h") add("help", { text: "", where: "-h" });
    else if (word === "--") continue;
    else if (!word.startsWith("-") || word === "-") add("file", { text: word, where: "file" });
    else {
      const equals = word.indexOf("=");
      const name = (equals < 0 ? word : word.slice(0, equals)).replace(/^--?/, "");
      const option = BY_NAME.get(name);
      if (option === undefined) problems.push(unknownOption(word));
      else if (option.value === undefined) {
        if (equals < 0) add(option.name, { text: "true", where: `--${name}` });
        else problems.push(`--${name}: takes no value`);
      } else if (equals >= 0) add(option.name, { text: word.slice(equals + 1), where: `--${name}` });
      else {
        const next = argv[i + 1];
        if (next === undefined || (next.startsWith("--") && next.length > 2)) problems.push(`--${name}: needs a value, ${option.value}`);
        else {
          add(option.name, { text: next, where: `--${name}` });
          i++;
        }
      }
    }
  }
  for (const option of BY_NAME.values()) {
    const text = option.env === undefined ? undefined : env[option.env];
    if (text === undefined || text === "" || option.env === undefined || values.has(option.name)) continue;
    const separator = SEPARATOR.get(option.name);
    const parts = separator === undefined ? [text] : text.split(separator).filter((part) => part !== "");
    for (const part of parts) add(option.name, { text: part, where: option.env });
  }
  return { values, problems };
}

function unknownOption(word: string): string {
  const name = word.replace(/^-+/, "").split("=")[0] ?? "";
  const near = [...BY_NAME.keys()].find((known) => known.startsWith(name) || name.startsWith(known) || distanceOne(known, name));
  return near === undefined ? `${word}: no such option` : `${word}: no such option; did you mean --${near}?`;
}

/** One letter added, left out, changed or swapped with its neighbour. */
function distanceOne(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const [x = "", y = ""] = left;
  return (x.length <= 1 && y.length <= 1) || (x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0]);
}
