/** A filter in one form of many that mean the same: what laws compare spellings by. */
import { DIRECTION_NAMES, DROP_REASON_NAMES, IP_VERSION_NAMES, nameOfNumber, VERDICT_NAMES } from "#lib/filters/criteria/enum-names.ts";
import type { CriterionName } from "#lib/filters/criterion.ts";
import { criteriaOf } from "#lib/filters/edit-filter.ts";
import type { Clause, Filter } from "#lib/filters/filter.ts";

const ENUMS: ReadonlyMap<CriterionName, ReadonlyMap<number, string>> = new Map([
  ["verdict", VERDICT_NAMES],
  ["traffic_direction", DIRECTION_NAMES],
  ["drop_reason_desc", DROP_REASON_NAMES],
  ["ip_version", IP_VERSION_NAMES],
]);

/** Lists are sets, what is absent is left out, and exclude clauses of the same single criterion are one. */
export function normalFilter({ include, exclude }: Filter): unknown {
  const single = new Map<CriterionName, string[]>();
  const others: string[] = [];
  for (const clause of exclude) {
    const [name, ...more] = criteriaOf(clause);
    if (name === undefined || more.length > 0) others.push(normalClause(clause));
    else single.set(name, distinct([...(single.get(name) ?? []), ...normalValues(clause, name)]));
  }
  return {
    include: distinct(include.map(normalClause)),
    exclude: distinct([...others, ...[...single].map((entry) => JSON.stringify([entry]))]),
  };
}

function normalClause(clause: Clause): string {
  return JSON.stringify(criteriaOf(clause).map((name) => [name, normalValues(clause, name)]));
}

function normalValues(clause: Clause, name: CriterionName): string[] {
  return distinct((clause[name] ?? []).map((value) => normalValue(name, value)));
}

function normalValue(name: CriterionName, value: unknown): string {
  const names = ENUMS.get(name);
  if (names !== undefined) return nameOfNumber(String(value), names);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const { match_sub_type, sub_type, ...rest } = { match_sub_type: false, sub_type: 0, ...value };
  const fields: Readonly<Record<string, unknown>> = { ...rest, ...(match_sub_type && { "sub type": `is ${sub_type}` }) };
  return JSON.stringify(
    Object.entries(fields)
      .filter(([, inner]) => inner !== undefined && inner !== "" && inner !== 0 && inner !== false)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
