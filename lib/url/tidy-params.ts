/** Parameters as `hrefOf` writes them: always in the same order, so that one choice has one address however it was reached. */
import { readSearch, searchEntries } from "./search.ts";

/** What cannot be read does not outlive a change. */
export function tidyParams(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams(searchEntries(readSearch(params).search).map(([name, value]) => [name, value]));
}
