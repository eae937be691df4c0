import { expect, it } from "vitest";
import { EVERYTHING } from "#lib/filters/filter.ts";
import type { LiveQuestion, LiveRead } from "#lib/questions/live.ts";
import type { LiveAnswer } from "./engine-client.ts";
import { liveStream } from "./live-stream.ts";

interface Told {
  readonly asked: LiveQuestion[];
  readonly closed: () => number;
  next(): Promise<string>;
  cancel(): Promise<void>;
}

function stream(answers: readonly LiveAnswer[], after?: string): Told {
  const asked: LiveQuestion[] = [];
  let closed = 0;
  const reader = liveStream({
    live: (question) => {
      asked.push(question);
      return Promise.resolve(answers[Math.min(asked.length, answers.length) - 1] ?? nothing("end"));
    },
    question: { filter: EVERYTHING, text: "", from: 0, limit: 100 },
    after,
    now: () => 7,
    onClose: () => {
      closed += 1;
    },
  }).getReader();
  return {
    asked,
    closed: () => closed,
    next: async () => new TextDecoder().decode((await reader.read()).value),
    cancel: () => reader.cancel(),
  };
}

const nothing = (mark: string): LiveRead => ({ rows: [], mark, skipped: 0, isBroken: false });

it("tells what came, with the mark to go on from, and asks from there", async () => {
  const { next, asked, cancel, closed } = stream([nothing("b-1"), { ...nothing("b-2"), skipped: 3 }, nothing("b-2")]);
  expect(await next()).toBe("retry: 2000\n\n");
  expect(await next()).toBe('id: b-1\nevent: beat\ndata: {"now":7}\n\n');
  expect(await next()).toBe('id: b-2\nevent: flows\ndata: {"rows":[],"skipped":3,"now":7}\n\n');
  expect(asked.slice(0, 2).map(({ after }) => after)).toEqual([undefined, "b-1"]);
  await cancel();
  expect(closed()).toBe(1);
});

it("goes on from the browser's mark, and says when that is not known any more", async () => {
  const { next, asked } = stream([{ ...nothing("c-9"), isBroken: true }], "b-5");
  await next();
  expect(await next()).toBe("id: c-9\nevent: broken\ndata: {}\n\n");
  expect(asked[0]?.after).toBe("b-5");
});

it("asks no further than one answer ahead of who does not read", async () => {
  const { next, asked } = stream([nothing("b-1")]);
  await next();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(asked.length).toBeLessThanOrEqual(2);
});

it("ends with a question that has no answer", async () => {
  const { next, closed } = stream([{ problem: { kind: "bad-question", title: "No.", detail: "Why", next: "" } }]);
  await next();
  expect(await next()).toContain('event: problem\ndata: {"title":"No.","detail":"Why"}');
  expect(closed()).toBe(1);
});
