/** Values of dimensions from the server, for what is typed: the same question as the page, through the public API. */
import { DIMENSIONS, type Dimension } from "#lib/flows/dimension.ts";
import type { Facet, FacetValue } from "#lib/questions/answer.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";

export interface FacetsWanted {
  readonly search: Pick<Search, "window" | "filter" | "text">;
  readonly dimensions: readonly Dimension[];
  /** Only values that contain it; empty = all. */
  readonly find: string;
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/** Undefined where nobody answered, or not as promised. */
export async function fetchFacets({ search, dimensions, find, limit, signal }: FacetsWanted): Promise<readonly Facet[] | undefined> {
  const { window, filter, text } = search;
  const asked = new URLSearchParams({ facets: dimensions.join(","), limit: String(limit) });
  if (find !== "") for (const dimension of dimensions) asked.set(`find.${dimension}`, find);
  const address = hrefOf("/api/v1/facets", { window, filter, text });
  try {
    const response = await fetch(`${address}${address.includes("?") ? "&" : "?"}${asked}`, { signal });
    return response.ok ? readFacets(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads `{ answer: Facet[] }`, undefined when it is something else. */
export function readFacets(body: unknown): readonly Facet[] | undefined {
  const answer = isRecord(body) ? body.answer : undefined;
  if (!Array.isArray(answer)) return undefined;
  const facets = answer.map(readFacet);
  return facets.every((facet) => facet !== undefined) ? facets : undefined;
}

function readFacet(value: unknown): Facet | undefined {
  if (!isRecord(value) || !Array.isArray(value.values) || typeof value.total !== "number") return undefined;
  const dimension = DIMENSIONS.find((known) => known === value.dimension);
  const values = value.values.map(readValue);
  if (dimension === undefined || !values.every((one) => one !== undefined)) return undefined;
  return { dimension, values, total: value.total };
}

function readValue(value: unknown): FacetValue | undefined {
  if (!isRecord(value) || typeof value.attempts !== "number") return undefined;
  return value.value === null || typeof value.value === "string" ? { value: value.value, attempts: value.attempts } : undefined;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}
