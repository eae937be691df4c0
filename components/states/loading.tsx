/** Bars in place of text, after 150 ms; says what is being read. */
import css from "./face.module.css";

const WIDTHS = [180, 140, 164, 88, 126, 152, 104];

interface Props {
  /** "Reading 24 h, 1.7 M packets" */
  readonly what?: string;
  readonly rows?: number;
}

export function Loading({ what = "Reading", rows = 7 }: Props) {
  return (
    <div className={css.loading} aria-busy="true">
      <p className={css.reading} role="status">
        <svg className={css.spin} width="14" height="14" viewBox="0 0 14 14" fill="none" strokeWidth="2" aria-hidden="true">
          <circle cx="7" cy="7" r="5.5" stroke="var(--track)" />
          <path d="M7 1.5A5.5 5.5 0 0 1 12.5 7" stroke="var(--accent)" />
        </svg>
        {what}
      </p>
      <div className={css.bones} aria-hidden="true">
        {Array.from({ length: rows }, (_, index) => (
          <div key={`${index.toString()}`} className={css.bone}>
            <i style={{ width: WIDTHS[index % WIDTHS.length] }} />
            <i style={{ width: 60 }} />
            <i style={{ width: 44 }} />
          </div>
        ))}
      </div>
    </div>
  );
}
