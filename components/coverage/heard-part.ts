/** Which part of all stored time lies between a node's first and last flow, in percent from the left. */
import type { Coverage, NodeReport } from "#lib/questions/answer.ts";

export function heardPart(node: NodeReport, span: Coverage["span"]): { readonly left: number; readonly width: number } {
  if (span === undefined) return { left: 0, width: 100 };
  const start = Date.parse(span.oldest);
  const whole = Date.parse(span.newest) - start;
  if (!(whole > 0)) return { left: 0, width: 100 };
  const part = (iso: string): number => Math.min(100, Math.max(0, ((Date.parse(iso) - start) / whole) * 100));
  const left = round(part(node.oldest));
  return { left, width: Math.max(0.5, round(part(node.newest) - left)) };
}

function round(percent: number): number {
  return Math.round(percent * 10) / 10;
}
