/** What a part of a store tells before its coverage is known: an answer, or why there is none. */
import type { Problem } from "#lib/questions/answer.ts";

export type Told<T> = { readonly answer: T; readonly problem?: never } | { readonly problem: Problem; readonly answer?: never };
