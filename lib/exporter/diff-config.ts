/** What changed between two configurations, entry by entry, clause by clause, criterion by criterion. */
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import { type EntryKey, type ExporterConfig, type ExporterEntry, entryKeys } from "./config.ts";

export type Change = "added" | "removed" | "changed";

/** A key of an entry that is no filter list, as JSON would say it; undefined = not set. */
export interface KeyDifference {
  readonly key: Exclude<EntryKey, "includeFilters" | "excludeFilters">;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface CriterionDifference {
  readonly criterion: string;
  readonly change: Change;
  /** JSON of the values. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ClauseDifference {
  readonly list: "include" | "exclude";
  readonly change: Change;
  /** Index in the list before or after; undefined where the clause is not there. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly criteria: readonly CriterionDifference[];
}

export interface EntryDifference {
  /** The name after the change, or before it when the entry is gone. */
  readonly name: string;
  readonly change: Change;
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly keys: readonly KeyDifference[];
  readonly clauses: readonly ClauseDifference[];
}

/** Entries that did not change are left out; equal meaning in another order is no change. */
export interface ConfigDifference {
  readonly entries: readonly EntryDifference[];
}

/** Entries are paired by name, then by path; clauses by equality, then by place. */
export function diffConfig(before: ExporterConfig, after: ExporterConfig): ConfigDifference {
  const pairs = pairEntries(before.entries, after.entries);
  return { entries: pairs.flatMap(([from, to]) => entryDifference(before.entries, after.entries, from, to)) };
}

type Pair = readonly [number | undefined, number | undefined];

function pairEntries(before: readonly ExporterEntry[], after: readonly ExporterEntry[]): readonly Pair[] {
  const free = new Set(before.keys());
  const take = (index: number) => (index >= 0 && free.delete(index) ? index : undefined);
  const byName = after.map((entry) => take(before.findIndex((old, index) => free.has(index) && old.name === entry.name)));
  const pairs = after.map((entry, index): Pair => {
    const paired = byName[index] ?? take(before.findIndex((old, at) => free.has(at) && old.filePath === entry.filePath));
    return [paired, index];
  });
  return [...pairs, ...[...free].map((index): Pair => [index, undefined])];
}

function entryDifference(
  befores: readonly ExporterEntry[],
  afters: readonly ExporterEntry[],
  from: number | undefined,
  to: number | undefined,
): readonly EntryDifference[] {
  const before = from === undefined ? undefined : befores[from];
  const after = to === undefined ? undefined : afters[to];
  const keys = keyDifferences(before, after);
  const clauses = [
    ...clauseDifferences("include", before?.includeFilters ?? [], after?.includeFilters ?? []),
    ...clauseDifferences("exclude", before?.excludeFilters ?? [], after?.excludeFilters ?? []),
  ];
  if (before !== undefined && after !== undefined && keys.length === 0 && clauses.length === 0) return [];
  return [{ name: (after ?? before)?.name ?? "", change: changeOf(before, after), before: from, after: to, keys, clauses }];
}

function keyDifferences(before: ExporterEntry | undefined, after: ExporterEntry | undefined): readonly KeyDifference[] {
  return entryKeys().flatMap((key) => {
    if (key === "includeFilters" || key === "excludeFilters") return [];
    const from = said(before?.[key]);
    const to = said(after?.[key]);
    return from === to ? [] : [{ key, before: from, after: to }];
  });
}

function clauseDifferences(
  list: "include" | "exclude",
  before: readonly FlowFilter[],
  after: readonly FlowFilter[],
): readonly ClauseDifference[] {
  const olds = before.map(clauseText);
  const news = after.map(clauseText);
  const kept = new Set<number>();
  const fresh = [...news.keys()].filter((index) => {
    const same = olds.findIndex((old, at) => old === news[index] && !kept.has(at));
    if (same >= 0) kept.add(same);
    return same < 0;
  });
  const gone = [...olds.keys()].filter((index) => !kept.has(index));
  return Array.from({ length: Math.max(fresh.length, gone.length) }, (_, at) => {
    const from = gone[at];
    const to = fresh[at];
    const old = from === undefined ? undefined : before[from];
    const now = to === undefined ? undefined : after[to];
    return { list, change: changeOf(old, now), before: from, after: to, criteria: criterionDifferences(old, now) };
  });
}

function criterionDifferences(before: FlowFilter | undefined, after: FlowFilter | undefined): readonly CriterionDifference[] {
  const olds = new Map<string, unknown>(Object.entries(before ?? {}));
  const news = new Map<string, unknown>(Object.entries(after ?? {}));
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((criterion) => {
    const from = said(olds.get(criterion));
    const to = said(news.get(criterion));
    return from === to ? [] : [{ criterion, change: changeOf(from, to), before: from, after: to }];
  });
}

function changeOf(before: unknown, after: unknown): Change {
  if (before === undefined) return "added";
  return after === undefined ? "removed" : "changed";
}

/** Order of criteria does not count, an empty list is not set. */
function clauseText(clause: FlowFilter): string {
  return JSON.stringify(
    Object.entries(clause)
      .flatMap(([criterion, values]) => (said(values) === undefined ? [] : [[criterion, said(values)]]))
      .toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  );
}

/** As JSON with sorted keys; undefined for what means "not set". */
function said(value: unknown): string | undefined {
  if (value === undefined || value === "" || value === 0 || value === false) return undefined;
  if (Array.isArray(value) && value.length === 0) return undefined;
  return JSON.stringify(value, (_, inner: unknown) => sorted(inner));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
