/** Costs that survive a shared machine: runs are interleaved, and what is quoted is the median of pairwise ratios. */
import { readFileSync } from "node:fs";

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
}

/** Milliseconds by the clock, and those that processes started meanwhile kept processors busy (NaN where the system does not tell). */
export interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
}

export interface Pairs {
  readonly a: readonly Cost[];
  readonly b: readonly Cost[];
  /** Medians of B / A over the pairs: by the clock, and in processor time. */
  readonly ratio: number;
  readonly cpuRatio: number;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantilesOf(costs: readonly Cost[]): Quantiles {
  const times = costs.map(({ ms }) => ms);
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const cpu = childrenCpuMs();
  const start = performance.now();
  await work();
  return { ms: performance.now() - start, cpuMs: childrenCpuMs() - cpu };
}

export interface WarmPairs extends Pairs {
  /** Median of B / A over the first runs. */
  readonly firstRatio: number;
}

/**
 * As `paired`, but each of the two runs twice in a row, and the second run counts: a machine that is itself a guest loses memory and file
 * pages that nothing touched for a minute, and whoever comes first pays for getting them back.
 */
export async function pairedWarm(pairs: number, a: () => Promise<unknown>, b: () => Promise<unknown>): Promise<WarmPairs> {
  const firstRatios: number[] = [];
  const costsA: Cost[] = [];
  const costsB: Cost[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const firstA = await costOf(a);
    costsA.push(await costOf(a));
    const firstB = await costOf(b);
    costsB.push(await costOf(b));
    firstRatios.push(firstB.ms / firstA.ms);
  }
  return { ...pairsOf(costsA, costsB), firstRatio: median(firstRatios) };
}

/** Runs A and B in turn, `pairs` times. */
export async function paired(pairs: number, a: () => Promise<unknown>, b: () => Promise<unknown>): Promise<Pairs> {
  const costsA: Cost[] = [];
  const costsB: Cost[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    costsA.push(await costOf(a));
    costsB.push(await costOf(b));
  }
  return pairsOf(costsA, costsB);
}

function pairsOf(a: readonly Cost[], b: readonly Cost[]): Pairs {
  const ratioOf = (field: keyof Cost): number => median(a.map((cost, index) => (b[index]?.[field] ?? Number.NaN) / cost[field]));
  return { a, b, ratio: ratioOf("ms"), cpuRatio: ratioOf("cpuMs") };
}

// proc(5): cutime and cstime, fields 16 and 17 of /proc/self/stat, in ticks that are a hundredth of a second on Linux
const TICK_MS = 10;
const CHILD_TIMES = [16 - 3, 17 - 3] as const;

/** Processor time of ended and waited-for children. */
function childrenCpuMs(): number {
  if (process.platform !== "linux") return Number.NaN;
  const stat = readFileSync("/proc/self/stat", "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return CHILD_TIMES.reduce((sum, index) => sum + Number(fields[index]) * TICK_MS, 0);
}
