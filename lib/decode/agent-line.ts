/** Reads lines the agent wrote about itself: logrus and slog (logfmt), klog, and JSON (`log-opt format=json`). */
import { parseTime } from "#lib/flows/flow-time.ts";
import type { AgentLine } from "./decoded.ts";
import { isObject, type JsonObject } from "./json-fields.ts";
import { endOfText } from "./scan-json.ts";

const TEXT_MAX = 16_384;
const KLOG = /^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d{1,9}\s{1,12}\d{1,9} [^\s\]]{1,200}\] /;
const KLOG_LEVELS: ReadonlyMap<string, string> = new Map([
  ["I", "info"],
  ["W", "warning"],
  ["E", "error"],
  ["F", "fatal"],
]);
const LEVELS: ReadonlyMap<string, string> = new Map([
  ["warn", "warning"],
  ["err", "error"],
]);

/** The line without its head, as Unicode; `headTime` is used when the line has no time of its own (klog has no year). */
export function readAgentLine(line: string, headTime: bigint | undefined): AgentLine {
  const text = line.length > TEXT_MAX ? line.slice(0, TEXT_MAX) : line;
  const klog = "IWEF".includes(text.charAt(0)) ? KLOG.exec(text) : null;
  if (klog) return { time: headTime, level: KLOG_LEVELS.get(klog[1] ?? "") ?? "", message: text.slice(klog[0].length), text };
  const level = logfmtValue(text, "level=");
  const message = logfmtValue(text, "msg=");
  if (level === undefined && message === undefined) return { time: headTime, level: "", message: text.trim(), text };
  const time = parseTime(logfmtValue(text, "time=") ?? "") ?? headTime;
  return { time, level: levelOf(level ?? ""), message: message ?? "", text };
}

/** The value after the first `key=` that begins a word. */
function logfmtValue(text: string, key: string): string | undefined {
  let at = text.startsWith(key) ? 0 : text.indexOf(` ${key}`) + 1;
  if (at === 0 && !text.startsWith(key)) return undefined;
  at += key.length;
  if (text.charAt(at) !== '"') {
    const end = text.indexOf(" ", at);
    return text.slice(at, end < 0 ? text.length : end);
  }
  const end = endOfText(text, at);
  return unquoted(text.slice(at, end));
}

/** An agent's line in JSON form, undefined when the object is none: it has a level and a message. */
export function agentLineOfJson(object: JsonObject, text: string, headTime: bigint | undefined): AgentLine | undefined {
  const message = textAt(object, "msg") ?? textAt(object, "message");
  const level = textAt(object, "level") ?? textAt(object, "severity");
  if (message === undefined || level === undefined) return undefined;
  const time = parseTime(textAt(object, "time") ?? textAt(object, "ts") ?? "");
  return { time: time ?? headTime, level: levelOf(level), message, text: text.slice(0, TEXT_MAX) };
}

function textAt(object: JsonObject, key: string): string | undefined {
  const value = isObject(object) ? object[key] : undefined;
  return typeof value === "string" ? value : undefined;
}

function levelOf(text: string): string {
  const lower = text.toLowerCase();
  return LEVELS.get(lower) ?? lower;
}

/** The content of a Go-quoted text (strconv.Quote), as it stands when it is not quoted. */
export function unquoted(value: string): string {
  if (!value.startsWith('"') || !value.endsWith('"') || value.length < 2) return value;
  if (!value.includes("\\")) return value.slice(1, -1);
  try {
    const parsed: unknown = JSON.parse(jsonQuoted(value));
    return typeof parsed === "string" ? parsed : value;
  } catch {
    return value.slice(1, -1);
  }
}

/** Go writes `\a`, `\v`, `\x1b` and `\U0001f600` where JSON has only `\uXXXX`. */
function jsonQuoted(value: string): string {
  return value.replace(
    /\\(?:x([0-9a-f]{2})|U([0-9a-f]{8})|([av])|[\s\S])/g,
    (whole: string, hex?: string, wide?: string, bell?: string) => {
      if (hex !== undefined) return `\\u00${hex}`;
      if (bell !== undefined) return bell === "a" ? "\\u0007" : "\\u000b";
      if (wide === undefined) return whole;
      const codePoint = Number.parseInt(wide, 16);
      return codePoint > 0x10ffff ? "\\ufffd" : String.fromCodePoint(codePoint);
    },
  );
}
