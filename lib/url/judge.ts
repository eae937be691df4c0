/** Who says whether a filter's values mean something. */

import type { AnyValue } from "#lib/filters/criterion.ts";
import type { Filter } from "#lib/filters/filter.ts";
import type { Criterion } from "./criteria.ts";

export interface Judge {
  /** Why a value means nothing, as a sentence; undefined = it does. */
  readonly value: (criterion: Criterion, value: AnyValue) => string | undefined;
  /** A whole filter as JSON. */
  readonly whole: (text: string) => { readonly filter: Filter; readonly why?: never } | { readonly why: string; readonly filter?: never };
}
