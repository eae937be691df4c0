/** Why a text that claims to be an event is not readable as JSON. */
import type { RejectReason } from "./decoded.ts";

/** No flow nests deeper than 12; protojson refuses at 10 000. */
export const DEPTH_MAX = 100;

export interface JsonFault {
  readonly reason: RejectReason;
  readonly detail: string;
}

/** One pass over the text, no recursion. */
export function jsonFault(text: string): JsonFault {
  const shape = shapeOf(text);
  if (shape.deepest > DEPTH_MAX) return { reason: "too-deep", detail: `nested ${shape.deepest} deep` };
  if (shape.control) return { reason: "binary", detail: "control characters that JSON does not allow" };
  if (shape.inText || shape.depth > 0) return { reason: "cut", detail: "the JSON has no end" };
  if (shape.depth < 0) return { reason: "cut", detail: "the JSON has no beginning" };
  return { reason: "not-json", detail: "not readable as JSON" };
}

/** Brackets open at the end of the text, the most that were open at once, and whether control characters other than white space are in it. */
export function shapeOf(text: string): { depth: number; deepest: number; inText: boolean; control: boolean } {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  let control = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code < 0x20) control ||= code !== 0x09 && code !== 0x0a && code !== 0x0d;
    else if (code === 0x22) inText = !inText;
    else if (!inText && (code === 0x7b || code === 0x5b)) deepest = Math.max(deepest, ++depth);
    else if (!inText && (code === 0x7d || code === 0x5d)) depth--;
  }
  return { depth, deepest, inText, control };
}
