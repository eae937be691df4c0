import fc from "fast-check";
import { expect, it } from "vitest";
import { createStreamLines } from "./stream-lines.ts";

it("gives the same lines whatever the chunks are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme" }), { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (texts, sizes) => {
        const whole = texts.map((text) => text.replaceAll("\n", " "));
        const bytes = Buffer.from(whole.map((text) => `${text}\n`).join(""), "utf8");
        const lines = createStreamLines();
        const got: string[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          got.push(...lines.push(bytes.subarray(at, at + size)));
          at += size;
        }
        expect(got.map((line) => Buffer.from(line, "latin1").toString("utf8"))).toEqual(whole);
        expect(lines.rest()).toBe("");
      },
    ),
  );
});

it("cuts a line that never ends, forgets the rest of it, and goes on after it", () => {
  const lines = createStreamLines();
  const got: string[] = [];
  for (let chunk = 0; chunk < 40; chunk++) got.push(...lines.push(Buffer.alloc(65_536, "x")));
  expect(got).toHaveLength(1);
  expect(got[0]?.length).toBeGreaterThan(1 << 20);
  expect(got[0]?.length).toBeLessThan((1 << 20) + 100);
  expect(lines.push(Buffer.from("y\nnext\nhalf"))).toEqual(["next"]);
  expect(lines.rest()).toBe("half");
});
