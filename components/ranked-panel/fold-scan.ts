/** One sender that tries many rarely used ports would fill the ports panel; its ports become one row, with exact sums. */
import { parseTime } from "#lib/flows/flow-time.ts";
import type { GroupRow, GroupTable } from "#lib/questions/answer.ts";

/** Ports that only one workload tried, few times each. */
export interface Scan {
  readonly workload: string;
  readonly ports: readonly string[];
  readonly row: GroupRow;
}

export interface Folded {
  readonly rows: readonly (GroupRow | Scan)[];
  /** False when the answer holds fewer ports than there are, so that a scan may have more than its row says. */
  readonly isComplete: boolean;
}

/** Fewer ports of one sender than this stay rows of their own. */
const MANY = 12;
/** A port tried this many times as often as the sender's usual one is worth its own row. */
const OUTSTANDING = 3;

export function isScan(row: GroupRow | Scan): row is Scan {
  return "ports" in row;
}

/** Whether it is worth asking which sender tried which port: enough ports were tried by one pod alone. */
export function mayHoldScan(ports: GroupTable): boolean {
  return ports.rows.filter((row) => row.pods === 1).length >= MANY;
}

/**
 * `ports` is grouped by port, `pairs` by workload and port; a port belongs to a scan when one workload made all its
 * attempts. Without `pairs` nothing folds.
 */
export function foldScans(ports: GroupTable, pairs: GroupTable | undefined): Folded {
  if (pairs === undefined) return { rows: ports.rows, isComplete: ports.rows.length >= ports.total };
  const portRows = new Map(ports.rows.map((row) => [row.key[0] ?? "", row]));
  const alone = new Map<string, GroupRow[]>();
  for (const pair of pairs.rows) {
    const [workload, port] = pair.key;
    const row = portRows.get(port ?? "");
    if (row === undefined || !workload || !port || row.attempts !== pair.attempts) continue;
    alone.set(workload, [...(alone.get(workload) ?? []), row]);
  }
  const scans = [...alone].flatMap(([workload, rows]) => scanOf(workload, rows));
  const folded = new Set(scans.flatMap((scan) => scan.ports));
  const rest = ports.rows.filter((row) => !folded.has(row.key[0] ?? ""));
  const rows = [...scans, ...rest].sort((a, b) => attemptsOf(b) - attemptsOf(a));
  return { rows, isComplete: ports.rows.length >= ports.total };
}

function scanOf(workload: string, rows: readonly GroupRow[]): readonly Scan[] {
  const usual = [...rows].sort((a, b) => a.attempts - b.attempts)[Math.floor(rows.length / 2)]?.attempts ?? 0;
  const rare = rows.filter((row) => row.attempts <= usual * OUTSTANDING);
  const [first, ...others] = rare;
  if (first === undefined || rare.length < MANY) return [];
  return [{ workload, ports: rare.map((row) => row.key[0] ?? ""), row: others.reduce(together, first) }];
}

function attemptsOf(row: GroupRow | Scan): number {
  return isScan(row) ? row.row.attempts : row.attempts;
}

/** Attempts differ in their port, so sums are exact; pods and addresses may repeat and keep the larger count. */
function together(a: GroupRow, b: GroupRow): GroupRow {
  const reasons = new Map(Object.entries(a.reasons));
  for (const [reason, count] of Object.entries(b.reasons)) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  return {
    ...a,
    attempts: a.attempts + b.attempts,
    packets: a.packets + b.packets,
    reasons: Object.fromEntries(reasons),
    pods: Math.max(a.pods, b.pods),
    addresses: Math.max(a.addresses, b.addresses),
    firstSeen: earlier(a.firstSeen, b.firstSeen),
    lastSeen: earlier(a.lastSeen, b.lastSeen) === a.lastSeen ? b.lastSeen : a.lastSeen,
    firstStored: earlier(a.firstStored, b.firstStored),
    isNew: a.isNew && b.isNew,
    attemptsBefore: a.attemptsBefore === undefined ? undefined : a.attemptsBefore + (b.attemptsBefore ?? 0),
    spark: a.spark.map((value, index) => value + (b.spark[index] ?? 0)),
  };
}

/** By what the texts say: as letters `10:00:00.5Z` would stand before `10:00:00Z`. */
function earlier(a: string, b: string): string {
  return (parseTime(a) ?? 0n) <= (parseTime(b) ?? 0n) ? a : b;
}
