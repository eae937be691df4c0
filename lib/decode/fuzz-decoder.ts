/** Runs hostile lines through two decoders, with and without templates, and counts what must not happen. */
import type { Flow } from "#lib/flows/flow.ts";
import type { Decoded } from "./decoded.ts";
import { createDecoder } from "./decoder.ts";
import { createRandom, type GoodLine, goodLine, hostileLine } from "./fuzz-lines.ts";
import { createLineJoiner } from "./join-lines.ts";
import { lineOf } from "./line-text.ts";

export interface FuzzReport {
  readonly lines: number;
  readonly flows: number;
  readonly notices: number;
  readonly agent: number;
  readonly rejected: number;
  /** Whole lines among the hostile ones. */
  readonly good: number;
  /** What went wrong, at most a few; empty is what is wanted. */
  readonly failures: readonly string[];
}

const FAILURES_MAX = 8;
const CONTEXT = { fallbackTime: undefined };
/** Good lines, and those that are no flows, are compared with the slow way only so often: it takes thirty times as long. */
const COMPARE_EVERY = 16;

/** `count` lines, every third one whole. The sum law: flows, notices, agent lines and rejects add up to the lines. */
export function fuzzDecoder(count: number, seed: number): FuzzReport {
  const random = createRandom(seed);
  const fast = createDecoder();
  const slow = createDecoder({ templates: false });
  const joiner = createLineJoiner();
  const seen = { flow: 0, notice: 0, agent: 0, reject: 0 };
  const failures: string[] = [];
  let good = 0;
  let lines = 0;
  const fail = (what: string, line: string): void => {
    if (failures.length < FAILURES_MAX) failures.push(`${what}: ${JSON.stringify(line.slice(0, 3000))}`);
  };
  const decode = (line: string, hostile: boolean): Decoded | undefined => {
    try {
      const decoded = fast.decode(line, CONTEXT);
      seen[decoded.is]++;
      if ((hostile && decoded.is === "flow") || lines % COMPARE_EVERY === 0) {
        const other = slow.decode(line, CONTEXT);
        if (wordsOf(decoded) !== wordsOf(other)) fail(`two answers, ${wordsOf(decoded)} and ${wordsOf(other)}`, line);
      }
      if (decoded.is === "flow" && lineOf(decoded.flow.parts) !== line) fail("not the same bytes", line);
      return decoded;
    } catch (error) {
      fail(`crash, ${String(error)}`, line);
      return undefined;
    }
  };
  let previous = goodLine(random);
  for (; lines < count; lines++) {
    const whole = goodLine(random);
    if (lines % 3 === 0) {
      good++;
      if (!joiner.push(whole.line).includes(whole.line)) fail("a good line swallowed by the joiner", whole.line);
      const decoded = decode(whole.line, false);
      if (!isThisFlow(decoded, whole)) fail(`a good line lost, ${decoded ? wordsOf(decoded) : ""}`, whole.line);
    } else {
      const line = hostileLine(random, whole, previous);
      if (!line.includes("stdout P")) joiner.push(line);
      decode(line, true);
    }
    previous = whole;
  }
  const report = { lines, flows: seen.flow, notices: seen.notice, agent: seen.agent, rejected: seen.reject, good, failures };
  if (seen.flow + seen.notice + seen.agent + seen.reject !== lines) fail("the sum is not the lines", JSON.stringify(report));
  return report;
}

function isThisFlow(decoded: Decoded | undefined, good: GoodLine): boolean {
  return decoded?.is === "flow" && decoded.flow.uuid === good.uuid;
}

/** Everything a line turned out to be, but not how its bytes are kept. */
function wordsOf(decoded: Decoded): string {
  if (decoded.is === "flow")
    return JSON.stringify(withoutParts(decoded.flow), (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
  return JSON.stringify(decoded, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
}

function withoutParts(flow: Flow): Omit<Flow, "parts"> {
  const { parts: _, ...rest } = flow;
  return rest;
}
