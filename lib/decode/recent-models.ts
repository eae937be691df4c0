/**
 * Finds the model that a line repeats: most lines of a blocked connection are retries (Linux sends a SYN up to 7 times), which differ in
 * time and uuid only.
 */
import { AT } from "#lib/flows/flow-columns.ts";
import type { FlowRows } from "#lib/flows/flow-rows.ts";

/** More than the connections that retry at the same time on a busy node; two in one place do no harm. */
const PLACES = 8192;

export class RecentModels {
  private readonly models = new Int32Array(PLACES).fill(-1);
  private rows: FlowRows | undefined;
  private batch = -1;

  /** The number of the first `length` numbers of `tuple` as a model of the batch being built. */
  modelOf(rows: FlowRows, tuple: Int32Array, length: number): number {
    if (this.rows !== rows || this.batch !== rows.batch) {
      this.models.fill(-1);
      this.rows = rows;
      this.batch = rows.batch;
    }
    let hash = Math.imul((tuple[AT.sourcePort] ?? 0) + 1, 0x9e3779b1) ^ Math.imul((tuple[AT.destinationPort] ?? 0) + 1, 0x85ebca6b);
    hash = Math.imul(hash ^ (tuple[AT.destinationIp] ?? 0), 0xc2b2ae35) ^ Math.imul(tuple[AT.sourceIp] ?? 0, 0x27d4eb2f);
    const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
    const before = this.models[place] ?? -1;
    if (before >= 0 && rows.isModel(before, tuple, length)) return before;
    const model = rows.addModel(tuple, length);
    this.models[place] = model;
    return model;
  }
}
