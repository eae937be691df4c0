/**
 * Finds the model that a row repeats: most lines of a blocked connection are retries (Linux sends a SYN up to 7 times), which differ in
 * time and uuid only.
 */
import { AT } from "./flow-columns.ts";

/** More than the connections that retry at the same time on a busy node; two in one place do no harm. */
const PLACES = 8192;
const NONE = -1;

export class RecentModels {
  private readonly models = new Int32Array(PLACES).fill(NONE);

  /** Where the model of these numbers would be, if it is here. */
  placeOf(tuple: Int32Array): number {
    let hash = Math.imul((tuple[AT.sourcePort] ?? 0) + 1, 0x9e3779b1) ^ Math.imul((tuple[AT.destinationPort] ?? 0) + 1, 0x85ebca6b);
    hash = Math.imul(hash ^ (tuple[AT.destinationIp] ?? 0), 0xc2b2ae35) ^ Math.imul(tuple[AT.sourceIp] ?? 0, 0x27d4eb2f);
    return (hash ^ (hash >>> 15)) & (PLACES - 1);
  }

  /** -1 = none. */
  at(place: number): number {
    return this.models[place] ?? NONE;
  }

  keep(place: number, model: number): void {
    this.models[place] = model;
  }

  forget(): void {
    this.models.fill(NONE);
  }
}
