/** First seen inside the window, and nothing like it in the stored time before. */
import css from "./marks.module.css";

export function NewMark() {
  return (
    <span className={css.fresh} title="First seen inside this window, and not in the stored time before it">
      NEW
    </span>
  );
}
