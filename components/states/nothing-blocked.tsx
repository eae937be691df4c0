/** No rows: the right one of empty, partial and first run, by what was really looked at. */
import Link from "next/link";
import { missingParts } from "#components/coverage/coverage-phrase.ts";
import { describeFilter } from "#lib/filters/describe.ts";
import { formatInstant, formatWindow } from "#lib/format/format-instant.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { Coverage } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { Search } from "#lib/url/search.ts";
import { Face } from "./face.tsx";
import { FirstRun } from "./first-run.tsx";
import { waysOn } from "./ways-on.ts";

const MISSING_SHOWN = 4;

interface Props {
  readonly path: string;
  readonly search: Search;
  readonly asked: ResolvedWindow;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly coverage: Coverage;
  /** Time of the nearest flow that the filter shows, from `store.nearest`; undefined = none or not asked. */
  readonly nearest?: string;
}

export function NothingBlocked({ path, search, asked, now, coverage, nearest }: Props) {
  if (coverage.span === undefined) return <FirstRun coverage={coverage} />;
  const ways = waysOn({ path, search, asked, now, span: coverage.span, nearest });
  const links = ways.map(({ href, words }) => (
    <Link key={words} href={href} prefetch={false} scroll={false}>
      {words}
    </Link>
  ));
  const text = search.text === "" ? "" : ` with “${visibleText(search.text, 80)}” in a name`;
  const searched = `No ${visibleText(describeFilter(search.filter), 400)}${text} in ${formatWindow(asked, now)}.`;
  const oldest = Date.parse(coverage.span.oldest);
  if (asked.to <= oldest) {
    return (
      <Face kind="partial" title="Nothing is known of this time." ways={links}>
        <p>
          {searched} The oldest flow that is stored is of {formatInstant(oldest, now)} UTC; what was blocked before that is not known here.
        </p>
      </Face>
    );
  }
  const missing = missingParts(coverage);
  if (missing.length === 0 && coverage.shipped !== undefined) {
    return (
      <Face kind="empty" title="Nothing blocked in what arrived." ways={links}>
        <p>
          {searched} What never reached {visibleText(coverage.store, 120)} is not known here; <Link href="/coverage">Coverage</Link> checks
          the way there.
        </p>
      </Face>
    );
  }
  if (missing.length === 0) {
    return (
      <Face kind="empty" title="Nothing blocked." ways={links}>
        <p>{searched} Every line that arrived was understood, and no event was lost.</p>
      </Face>
    );
  }
  return (
    <Face kind="partial" title="Nothing blocked in what was seen." ways={links}>
      <p>{searched}</p>
      <p>{missing.slice(0, MISSING_SHOWN).join(". ")}. What was not seen may have been blocked.</p>
    </Face>
  );
}
