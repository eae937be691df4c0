/** Parameters in the order in which `hrefOf` writes them, so that one choice has one address however it was reached. */
import { PARAMETER_NAMES } from "./search.ts";

/** Names that Weir does not have do not outlive a change. */
export function tidyParams(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams(PARAMETER_NAMES.flatMap((name) => params.getAll(name).map((value) => [name, value])));
}
