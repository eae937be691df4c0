/** A text that Weir offers, or the reason why there is none: a configuration that cannot be said so is refused, never bent. */

export type Written =
  | { readonly text: string; readonly fileName: string; readonly refusal?: never }
  | { readonly refusal: string; readonly text?: never; readonly fileName?: never };

export function cannotWrite(refusal: string): { readonly refusal: string } {
  return { refusal };
}
