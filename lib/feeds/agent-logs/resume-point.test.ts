import fc from "fast-check";
import { expect, it } from "vitest";
import { createResumePoint, type ResumePoint } from "./resume-point.ts";

const SECOND = 1_000_000_000n;
const START = 1_795_000_000n * SECOND;

/** Reads what a kubelet answers: every line from the asked second on. */
function read(point: ResumePoint, log: readonly (readonly [bigint, string])[], upTo: number): string[] {
  point.again();
  const since = point.since === undefined ? 0n : BigInt(Date.parse(point.since)) * 1_000_000n;
  return log
    .slice(0, upTo)
    .filter(([stamp]) => stamp >= since)
    .filter(([stamp, line]) => point.take(stamp, line))
    .map(([, line]) => line);
}

it("gives every line once, however often reading begins again, also from its own text", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ step: fc.constantFrom(0n, 1n, 1_000n, 400_000_000n, 2n * SECOND), text: fc.constantFrom("a", "b", "c") }), {
        maxLength: 120,
      }),
      fc.array(fc.nat(120), { maxLength: 6 }),
      fc.boolean(),
      (steps, stops, isStored) => {
        let stamp = START;
        const log = steps.map(({ step, text }, index) => {
          stamp += step;
          return [stamp, step === 0n ? `${text}${index}` : text] as const;
        });
        let point = createResumePoint();
        const got: string[] = [];
        for (const stop of [...stops].sort((a, b) => a - b).concat(log.length)) {
          got.push(...read(point, log, stop));
          if (isStored) point = createResumePoint(point.text());
        }
        expect(got).toEqual(log.map(([, line]) => line));
      },
    ),
  );
});

it("lets neighbours change places, because two streams are stamped apart", () => {
  const point = createResumePoint();
  const lines = [
    [START + 5n, "out"],
    [START + 3n, "err"],
  ] as const;
  expect(read(point, lines, 2)).toEqual(["out", "err"]);
  expect(read(point, lines, 2)).toEqual([]);
  expect(point.joined).toBe(true);
  expect(read(point, [...lines, [START + 4n, "late"]], 3)).toEqual(["late"]);
});

it("knows nothing to be missing only when a line comes again", () => {
  const point = createResumePoint();
  read(point, [[START, "a"]], 1);
  read(point, [[START + SECOND, "b"]], 1);
  expect(point.joined).toBe(false);
});

it.each(["", "x", "12:", "12:a.b.c", "99:1.zzzzzzzzzzzz", "-4:0.a"])("begins anew from %j", (text) => {
  const point = createResumePoint(text);
  expect(point.since).toBeUndefined();
  expect(point.take(START, "a")).toBe(true);
});
