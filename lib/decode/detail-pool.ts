/** One shared detail for all flows that say the same, whichever way their lines were decoded. */
import type { FlowDetail } from "#lib/flows/flow-detail.ts";
import { parseBlock } from "./block-pool.ts";
import { type DetailKey, readVarying } from "./read-detail.ts";

/** Where in a line's holes a detail's text stands. */
export interface DetailHole {
  readonly index: number;
  readonly key: DetailKey;
}

const DETAILS_MAX = 16_384;
const CHARS_MAX = 8 << 20;

/** Bounded: a detail that was dropped is made again, and is then another object that says the same. */
export class DetailPool {
  private byContent = new Map<string, FlowDetail>();
  private byHoles = new WeakMap<FlowDetail, Map<string, FlowDetail>>();
  private count = 0;
  private chars = 0;

  shared(detail: FlowDetail): FlowDetail {
    const key = JSON.stringify(detail);
    const known = this.byContent.get(key);
    if (known) return known;
    this.note(key);
    this.byContent.set(key, detail);
    return detail;
  }

  /** `base` with what these holes say; undefined when one holds no JSON. */
  fromHoles(base: FlowDetail, places: readonly DetailHole[], holes: readonly string[]): FlowDetail | undefined {
    let key = "";
    for (const { index } of places) key += `${holes[index]}\n`;
    let known = this.byHoles.get(base);
    if (!known) {
      known = new Map();
      this.byHoles.set(base, known);
    }
    const found = known.get(key);
    if (found) return found;
    const read: Partial<Record<DetailKey, unknown>> = {};
    for (const { index, key: name } of places) {
      const json = parseBlock(holes[index] ?? "");
      if (!json) return undefined;
      read[name] = json.value;
    }
    const detail = this.shared({ ...base, ...readVarying(read) });
    this.note(key);
    known.set(key, detail);
    return detail;
  }

  private note(key: string): void {
    this.count += 1;
    this.chars += key.length;
    if (this.count <= DETAILS_MAX && this.chars <= CHARS_MAX) return;
    this.byContent = new Map();
    this.byHoles = new WeakMap();
    this.count = 0;
    this.chars = 0;
  }
}
