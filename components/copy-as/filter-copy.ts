/** One way to take the filter of a page away: a text, or the reason why it cannot be said that way. */
export interface FilterCopy {
  readonly id: "hubble" | "yaml" | "json" | "kql";
  readonly title: string;
  /** Undefined where it is refused. */
  readonly text: string | undefined;
  readonly refusal: string;
}
