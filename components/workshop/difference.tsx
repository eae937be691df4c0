/** What was pasted against what it has become, entry by entry. */
import type { Change, ClauseDifference, ConfigDifference, EntryDifference } from "#lib/exporter/diff-config.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./difference.module.css";

const CHANGE_WORDS: { readonly [C in Change]: string } = { added: "added", removed: "removed", changed: "changed" };

/** Keys and clauses that differ; an entry that came or went counts once. */
export function changesOf({ entries }: ConfigDifference): number {
  return entries.reduce((sum, { change, keys, clauses }) => sum + (change === "changed" ? keys.length + clauses.length : 1), 0);
}

export function Difference({ difference }: { readonly difference: ConfigDifference }) {
  if (difference.entries.length === 0) return <p className={css.none}>No difference: it means the same as what was pasted.</p>;
  return (
    <div className={css.difference}>
      {difference.entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may be double
        <Entry key={index} entry={entry} />
      ))}
    </div>
  );
}

function Entry({ entry: { name, change, keys, clauses } }: { readonly entry: EntryDifference }) {
  return (
    <section className={css.entry} aria-label={visibleText(name, 100)}>
      <h3>
        {visibleText(name, 100)} <small>{CHANGE_WORDS[change]}</small>
      </h3>
      {keys.map(({ key, before, after }) => (
        <Line key={key} label={key} before={before} after={after} />
      ))}
      {clauses.map((clause, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: clauses have no name
        <Clause key={index} clause={clause} />
      ))}
    </section>
  );
}

function Clause({ clause: { list, change, before, after, criteria } }: { readonly clause: ClauseDifference }) {
  const place = after ?? before ?? 0;
  return (
    <div className={css.clause}>
      <h4>
        {list === "include" ? "Include" : "Exclude"} {place + 1} <small>{CHANGE_WORDS[change]}</small>
      </h4>
      {criteria.length === 0 && (
        <Line label="everything" before={before === undefined ? undefined : "{}"} after={after === undefined ? undefined : "{}"} />
      )}
      {criteria.map(({ criterion, before: from, after: to }) => (
        <Line key={criterion} label={criterion} before={from} after={to} />
      ))}
    </div>
  );
}

function Line({
  label,
  before,
  after,
}: {
  readonly label: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}) {
  return (
    <div className={css.line}>
      {before !== undefined && (
        <del>
          <i>−</i> {visibleText(label, 60)}: {visibleText(before, 500)}
        </del>
      )}
      {after !== undefined && (
        <ins>
          <i>+</i> {visibleText(label, 60)}: {visibleText(after, 500)}
        </ins>
      )}
    </div>
  );
}
