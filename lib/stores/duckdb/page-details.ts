/** What only the shown rows of a group table need, from the mirror: distinct pods and addresses, and sparklines. */
import type { Grouping } from "#lib/flows/dimension.ts";
import { bucketAt, slicesOf } from "#lib/questions/bucket-width.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { eachAttempt, groupRows } from "./group-rows.ts";
import type { Grouped, Reader } from "./grouped.ts";
import type { MirrorPlain } from "./mirror-slice.ts";
import { type PageMarks, type PageSparks, pageFinder, passOverPage, slotsByAspect } from "./page-rows.ts";
import type { Parts } from "./parts.ts";
import { combinationsOf } from "./present.ts";
import { createScratch } from "./scratch.ts";
import { aspectOfView, codesOf } from "./view-codes.ts";

export interface PageDetails {
  /** By group, 0 for groups that are not on the page. */
  readonly pods: Float64Array;
  readonly addresses: Float64Array;
  /** Empty lists where none were asked for. */
  readonly sparks: Map<number, readonly number[]>;
}

export interface AskedDetails {
  readonly by: readonly Grouping[];
  readonly page: readonly number[];
  readonly pods: boolean;
  readonly addresses: boolean;
  readonly window: ResolvedWindow;
  /** 0 = no sparklines. */
  readonly points: number;
}

/** Marks up to so many bytes at a time; a page that needs more is looked at in pieces. */
const MOST_MARKS = 128_000_000;

export function mirrorDetails(reader: Reader, plain: MirrorPlain, parts: Parts, now: Grouped, asked: AskedDetails): PageDetails {
  const { by, page } = asked;
  const widths = {
    pod: asked.pods && !by.includes("pod") ? codesOf(plain.mirror, "from", reader.views.viewOf("pod")).width : 0,
    ip: asked.addresses && !by.includes("ip") ? codesOf(plain.mirror, "towards", reader.views.viewOf("ip")).width : 0,
  };
  const most = Math.max(1, Math.floor(MOST_MARKS / Math.max(1, widths.pod, widths.ip)));
  const whole: PageDetails = { pods: new Float64Array(now.size), addresses: new Float64Array(now.size), sparks: new Map() };
  for (let from = 0; from < page.length; from += most) {
    const piece = { ...asked, page: page.slice(from, from + most) };
    const found = pieceOfPage(reader, plain, parts, now, piece, widths);
    for (const [slot, group] of piece.page.entries()) {
      whole.pods[group] = found.pods[slot] ?? 0;
      whole.addresses[group] = found.addresses[slot] ?? 0;
      whole.sparks.set(group, found.sparkAt(slot));
    }
  }
  return whole;
}

interface PageWidths {
  /** 0 = not asked for. */
  readonly pod: number;
  readonly ip: number;
}

interface PieceOfPage {
  /** By place on the piece. */
  readonly pods: Float64Array;
  readonly addresses: Float64Array;
  sparkAt(slot: number): readonly number[];
}

const markRoom = { pod: createScratch((length) => new Uint8Array(length)), ip: createScratch((length) => new Uint8Array(length)) };

function pieceOfPage(reader: Reader, plain: MirrorPlain, parts: Parts, now: Grouped, asked: AskedDetails, widths: PageWidths): PieceOfPage {
  const { by, page, window, points } = asked;
  const finder = pageFinder(plain.mirror, now, page);
  const rows = groupRows(now, page);
  const groupOfPart = rows.groupsOfRows((column) => parts.ids[column]);
  const slotOfGroup = new Int32Array(now.size).fill(-1);
  for (const [slot, group] of page.entries()) slotOfGroup[group] = slot;
  const cuts = slicesOf(window, points);
  const sparks: PageSparks | undefined = points > 0 ? { cuts, points: new Float64Array(page.length * cuts.count) } : undefined;

  const marksOf = (what: "pod" | "ip"): PageMarks | undefined => {
    const width = widths[what];
    if (width === 0) return undefined;
    const view = reader.views.viewOf(what);
    const made = { view, marks: markRoom[what].lend(width * page.length).fill(0, 0, width * page.length), width };
    const ids = parts.ids[view.partColumn];
    for (let part = 0; part < parts.count; part++) {
      const slot = slotOfGroup[groupOfPart(part)] ?? -1;
      if (slot >= 0) made.marks[slot * width + view.codeOfPart(ids[part] ?? 0)] = 1;
    }
    return made;
  };
  const marks = { pod: marksOf("pod"), ip: marksOf("ip") };
  const open = [marks.pod, marks.ip].filter((mark) => mark !== undefined).filter((mark) => !markByCombination(plain, now, page, mark));
  if (sparks || open.length > 0) passOverPage(plain, finder, sparks, open);
  if (sparks)
    eachAttempt(parts, groupOfPart, (group, firstMs) => {
      const at = (slotOfGroup[group] ?? -1) * cuts.count + bucketAt(cuts, firstMs);
      sparks.points[at] = (sparks.points[at] ?? 0) + 1;
    });

  const counted = (what: "pod" | "ip"): Float64Array => {
    const mark = marks[what];
    const said = by.indexOf(what);
    return Float64Array.from(page, (group, slot) => {
      if (mark) return countMarks(mark, slot);
      return said >= 0 && now.textsAt(group)[said] !== "" ? 1 : 0;
    });
  };
  return {
    pods: counted("pod"),
    addresses: counted("ip"),
    sparkAt: (slot) => (sparks ? [...sparks.points.subarray(slot * cuts.count, (slot + 1) * cuts.count)] : []),
  };
}

/** Where the groups and the view are told by one aspect, its combinations are enough; answers whether they are. */
function markByCombination(plain: MirrorPlain, now: Grouped, page: readonly number[], { view, marks, width }: PageMarks): boolean {
  const aspect = aspectOfView(view);
  const slots = slotsByAspect(plain.mirror, now, page, aspect);
  if (slots === undefined) return false;
  const { codes } = codesOf(plain.mirror, aspect, view);
  const present = combinationsOf(plain, aspect);
  for (let combination = 0; combination < present.length; combination++) {
    const slot = present[combination] === 1 ? (slots[combination] ?? -1) : -1;
    if (slot >= 0) marks[slot * width + (codes[combination] ?? 0)] = 1;
  }
  return true;
}

/** The empty text is no value. */
function countMarks({ view, marks, width }: PageMarks, slot: number): number {
  let count = 0;
  for (let at = slot * width; at < (slot + 1) * width; at++) count += marks[at] ?? 0;
  const none = view.codeOfNone();
  return none >= 0 && none < width && marks[slot * width + none] === 1 ? count - 1 : count;
}
