/**
 * A filter as parameters: `ns=checkout` includes, `not.ns=kube-system` excludes, `not=ns:a;port:53` excludes a combination, and
 * `filter=` holds as JSON what the short form cannot say (several include clauses, empty ones).
 */
import type { Filter } from "#lib/filters/filter.ts";
import { clauseValue } from "#lib/filters/flow-filter-json.ts";
import { textsOfClause } from "./clause-values.ts";
import { CRITERIA, type Criterion } from "./criteria.ts";
import { joinValues } from "./escape.ts";

export type Entry = readonly [name: string, value: string];

export const FILTER_NAMES: readonly string[] = [
  "filter",
  ...CRITERIA.map(({ name }) => name),
  ...CRITERIA.map(({ name }) => `not.${name}`),
  "not",
];

export function printFilter(filter: Filter): readonly Entry[] {
  return (
    printShort(filter) ?? [
      ["filter", JSON.stringify({ include: filter.include.map(clauseValue), exclude: filter.exclude.map(clauseValue) })],
    ]
  );
}

function printShort(filter: Filter): readonly Entry[] | undefined {
  const [only, ...others] = filter.include;
  if (others.length > 0) return undefined;
  const included = only === undefined ? [] : textsOfClause(only);
  if (included === undefined) return undefined;
  const single = new Map<Criterion, Set<string>>();
  const compound: Entry[] = [];
  for (const clause of filter.exclude) {
    const excluded = textsOfClause(clause);
    const [first, ...more] = excluded ?? [];
    if (excluded === undefined || first === undefined) return undefined;
    if (more.length === 0) {
      const known = single.get(first.criterion) ?? new Set();
      single.set(first.criterion, new Set([...known, ...first.texts]));
    } else {
      compound.push(["not", excluded.map(({ criterion, texts }) => `${criterion.name}:${joinValues(texts)}`).join(";")]);
    }
  }
  return [
    ...included.map(({ criterion, texts }): Entry => [criterion.name, joinValues(texts)]),
    ...CRITERIA.flatMap((criterion): Entry[] => {
      const texts = single.get(criterion);
      return texts === undefined ? [] : [[`not.${criterion.name}`, joinValues([...texts])]];
    }),
    ...compound,
  ];
}
