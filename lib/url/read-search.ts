/** Reads the address bar as the server does: every value of a filter is held against what its criterion means. */
import { type Params, readSearchWith, type SearchRead } from "./read-search-with.ts";
import { strictJudge } from "./strict-judge.ts";

/** Never throws: what cannot be read is named, and the rest is used. `alsoKnown` are names that the caller reads itself. */
export function readSearch(params: Params, alsoKnown: readonly string[] = []): SearchRead {
  return readSearchWith(strictJudge, params, alsoKnown);
}
