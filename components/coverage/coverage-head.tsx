/** The headline of the coverage page: the phrase as a title, and its numbers. */
import { formatCount } from "#lib/format/format-count.ts";
import type { Coverage } from "#lib/questions/answer.ts";
import css from "./coverage-page.module.css";
import { coveragePhrase, lostEvents } from "./coverage-phrase.ts";
import { ToneIcon } from "./tone-icon.tsx";

export function CoverageHead({ coverage, now }: { readonly coverage: Coverage; readonly now: number }) {
  const { tone, headline, parts } = coveragePhrase(coverage, now);
  const { lines } = coverage;
  // what others ship is known from the flows that arrived, and from nothing else
  const isHeard = coverage.shipped === undefined;
  const figures = [
    { words: coverage.nodes === 1 ? "node seen" : "nodes seen", count: coverage.nodes },
    { words: isHeard ? "lines" : "flows", count: lines.total },
    ...(isHeard
      ? [
          { words: "not understood", count: lines.rejected },
          { words: "events lost", count: lostEvents(coverage) },
        ]
      : []),
    { words: "met twice", count: lines.duplicates },
  ];
  return (
    <section className={css.head} aria-label="What is seen">
      <div>
        <h1>
          <ToneIcon tone={tone} size={18} />
          {headline}
        </h1>
        <p>{parts.join(" · ")}</p>
      </div>
      <dl className={css.figures}>
        {figures.map(({ words, count }) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
