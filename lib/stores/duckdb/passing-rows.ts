/** Of the rows that a window and a filter let through those whose event counts: slices that differ in scope alone share the rest. */
import type { Aspect } from "./aspects.ts";
import type { Mirror } from "./mirror.ts";
import { type FoundRows, listsOnce } from "./mirror-rows.ts";
import { keepPassing } from "./row-list.ts";
import { createScratch } from "./scratch.ts";

const room = createScratch((length) => new Uint32Array(length));

export interface PassingRows extends FoundRows {
  /** By combination of the rule aspect, 1 or 0. */
  readonly rulePasses: Uint8Array;
}

/** Those of the rows that the events let through. */
export function onlyEvents(mirror: Mirror, found: FoundRows, events: Uint8Array): PassingRows {
  const rulePasses = eventsPassing(mirror, "rule", events);
  if (rulePasses.every((pass) => pass === 1)) return { ...found, rulePasses };
  const passing = (rows: Uint32Array, of = mirror.of.rule): Uint32Array => {
    const kept = room.lend(rows.length);
    kept.set(rows);
    return kept.slice(0, keepPassing(kept, rows.length, of, rulePasses));
  };
  const ofMixed = mirror.mixed().columns.of.rule;
  const key = Buffer.from(events.subarray(0, events.lastIndexOf(1) + 1)).toString("latin1");
  const counted = {
    from: found.from,
    wide: found.wide.map((rows) => rows.only(key, rulePasses)),
    fresh: passing(found.fresh),
    later: passing(found.later),
    mixedFresh: passing(found.mixedFresh, ofMixed),
    mixedLater: passing(found.mixedLater, ofMixed),
  };
  return {
    segments: found.segments,
    ...counted,
    mixed: passing(found.mixed, ofMixed),
    odd: passing(found.odd),
    crossing: passing(found.crossing),
    lists: listsOnce(mirror, counted),
    rulePasses,
  };
}

/** Every combination names its event, last: 1 where the events let it through. */
export function eventsPassing(mirror: Mirror, aspect: Aspect, events: Uint8Array): Uint8Array {
  const { values, width, size } = mirror.combinations[aspect];
  const passes = new Uint8Array(size);
  for (let one = 0; one < size; one++) passes[one] = events[values[one * width + width - 1] ?? 0] ?? 0;
  return passes;
}
