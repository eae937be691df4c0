/** A filter as the two lists of an exporter entry, in YAML or JSON: what is pasted under an entry of `flowlogs.yaml`. */
import type { Filter } from "#lib/filters/filter.ts";
import { flowFilterJson } from "#lib/filters/flow-filter-json.ts";
import type { Spelled } from "#lib/filters/spelling.ts";
import { type CiliumFilter, toCilium } from "#lib/filters/to-cilium.ts";
import { filterValue } from "./entry-value.ts";
import { yamlText } from "./yaml-text.ts";

/** Criteria stand in the order of the proto message; lists that are not set are left out. */
export function toFlowFilterYaml(filter: Filter): Spelled<string> {
  return spelled(filter, ({ include, exclude }) =>
    yamlText({
      ...(include.length > 0 && { includeFilters: include.map(filterValue) }),
      ...(exclude.length > 0 && { excludeFilters: exclude.map(filterValue) }),
    }),
  );
}

/** One clause a line. JSON is YAML too, so it can be pasted at the same place. */
export function toFlowFilterJson(filter: Filter): Spelled<string> {
  return spelled(filter, ({ include, exclude }) => {
    const lists = [jsonList("includeFilters", include), jsonList("excludeFilters", exclude)].filter((list) => list !== "");
    return `{${lists.join(",")}${lists.length > 0 ? "\n" : ""}}\n`;
  });
}

function jsonList(name: string, clauses: CiliumFilter["include"]): string {
  return clauses.length === 0 ? "" : `\n  "${name}": [\n${clauses.map((clause) => `    ${flowFilterJson(clause)}`).join(",\n")}\n  ]`;
}

function spelled(filter: Filter, write: (cilium: CiliumFilter) => string): Spelled<string> {
  const cilium = toCilium(filter);
  return cilium.refusal ? cilium : { spelled: write(cilium.spelled) };
}
