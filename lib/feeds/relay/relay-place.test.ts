import { describe, expect, it } from "vitest";
import { noteAway, noteFlow, readPlace, sinceOf, writePlace } from "./relay-place.ts";

const SECOND = 1_000_000_000n;
const NOW = 1_795_000_000n * SECOND;
const flow = (time: bigint, hasUuid = true): Parameters<typeof noteFlow>[1] => ({ time, id: `id-${time}`, hasUuid });

it("asks for everything first, and then from a little before the newest flow", () => {
  const place = readPlace(undefined);
  expect(sinceOf(place)).toBeUndefined();
  noteFlow(place, flow(NOW - 60n * SECOND), NOW);
  noteFlow(place, flow(NOW - 90n * SECOND), NOW);
  expect(sinceOf(place)).toBe(NOW - 65n * SECOND);
});

it("is not led astray by a node whose clock runs ahead", () => {
  const place = readPlace(undefined);
  noteFlow(place, flow(NOW + 86_400n * SECOND), NOW);
  expect(place.newest).toBe(NOW);
});

it("goes back to when a node went away, but not further than an hour", () => {
  const place = readPlace(undefined);
  noteFlow(place, flow(NOW), NOW);
  noteAway(place, "a", NOW - 600n * SECOND);
  noteAway(place, "a", NOW);
  expect(sinceOf(place)).toBe(NOW - 605n * SECOND);
  noteAway(place, "b", NOW - 86_400n * SECOND);
  expect(sinceOf(place)).toBe(NOW - 3_605n * SECOND);
});

it("asks for no more flows without a uuid than it knows again", () => {
  const place = readPlace(undefined);
  for (let at = 0n; at < 2_000n; at++) noteFlow(place, flow(NOW + at, false), NOW + SECOND);
  const [oldest] = place.nameless;
  expect(sinceOf(place)).toBe(oldest?.time);
  expect(place.nameless.length).toBeLessThanOrEqual(1_024);
});

describe("as text", () => {
  it("comes back as it was", () => {
    const place = readPlace(undefined);
    noteFlow(place, flow(NOW, false), NOW);
    noteAway(place, "__proto__", NOW);
    place.aliveAt = NOW;
    const missing = { gaps: 0, lastGap: undefined, lost: 0, rejected: 0, goneAt: 0n };
    const losses = [
      { ...missing, node: "lab/n1", gaps: 2, lastGap: { from: NOW - SECOND, to: NOW } },
      { ...missing, node: "__proto__", lost: 41, rejected: 1, goneAt: NOW },
    ];
    expect(readPlace(writePlace({ ...place, losses }))).toEqual({ ...place, losses });
  });

  it("is read as an older Weir wrote it", () => {
    expect(readPlace('{"newest":"5","aliveAt":"6","away":[],"nameless":[]}')).toEqual({ ...readPlace(undefined), newest: 5n, aliveAt: 6n });
  });

  it.each(["", "{", "null", "[]", '{"newest":1}', '{"newest":"-1","aliveAt":"0","away":[],"nameless":[]}'])(
    "begins anew where it is %j",
    (text) => {
      expect(readPlace(text)).toEqual(readPlace(undefined));
    },
  );
});
