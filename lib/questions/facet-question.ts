/** What one facet of a question counts: the question without the facet's own choice, so that alternatives stay visible. */
import { without } from "#lib/filters/edit-filter.ts";
import type { Filter } from "#lib/filters/filter.ts";
import type { Dimension } from "#lib/flows/dimension.ts";
import { reasonFacetScope, type Scope, scopeOf } from "./scope.ts";

export function facetQuestion(filter: Filter, dimension: Dimension): { readonly filter: Filter; readonly scope: Scope } {
  const open = without(filter, dimension);
  if (dimension === "reason") return { filter: open, scope: reasonFacetScope(filter) };
  return { filter: open, scope: scopeOf(filter) };
}
