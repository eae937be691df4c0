/** What the two lists of clauses are called, as a person reads them. */
import type { ListName } from "./edit-config.ts";

interface ListWords {
  readonly head: string;
  readonly rest: (clauses: number) => string;
  readonly add: string;
  readonly one: string;
  /** What the clause becomes when it moves to the other list. */
  readonly turn: string;
}

export const LIST_WORDS: { readonly [L in ListName]: ListWords } = {
  include: {
    head: "Log a flow",
    rest: (clauses) =>
      clauses === 0
        ? "whatever it is: without a clause here, everything is logged"
        : clauses === 1
          ? "if this clause matches"
          : "if one of these clauses matches",
    add: "Include clause",
    one: "Include",
    turn: "Never log these instead",
  },
  exclude: {
    head: "But never",
    rest: (clauses) => (clauses === 0 ? "leave anything out" : clauses === 1 ? "if this one matches" : "if one of these matches"),
    add: "Exclude clause",
    one: "Exclude",
    turn: "Log these instead",
  },
};
