/** A key as it stands on the keyboard, beside what it does. */
import css from "./marks.module.css";

export function KeyHint({ keys }: { readonly keys: string }) {
  return <kbd className={css.key}>{keys}</kbd>;
}
