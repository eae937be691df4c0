"use client";
/** Flows that match and flows that do not, with the criterion each of those failed. */
import type { ReactNode } from "react";
import type { ReplayReport } from "#lib/exporter/replay-report.ts";
import type { FailedCriterion, FlowExample, WhyNot } from "#lib/exporter/replay-result.ts";
import { formatCount } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./replay-pane.module.css";
import { toldEntry } from "./told-entry.ts";

export function ReplayExamples({ told, entry }: { readonly told: ReplayReport; readonly entry: number }) {
  const { now } = toldEntry(told, entry);
  if (now === undefined || told.flows === 0) return null;
  return (
    <section className={css.examples} aria-label="Examples">
      <Fold title="Examples that match" count={now.matched}>
        {now.examplesMatched.map((example) => (
          <Example key={example.line} example={example} />
        ))}
      </Fold>
      <Fold title="Examples that do not" count={now.notMatched}>
        {now.failed.length > 0 && <Failed failed={now.failed} />}
        {now.examplesNotMatched.map((example) => (
          <Example key={example.line} example={example} />
        ))}
      </Fold>
    </section>
  );
}

function Fold({ title, count, children }: { readonly title: string; readonly count: number; readonly children: ReactNode }) {
  if (count === 0) return null;
  return (
    <details className={css.fold}>
      <summary>
        {title} <small>{formatCount(count)}</small>
      </summary>
      {children}
    </details>
  );
}

function Failed({ failed }: { readonly failed: readonly FailedCriterion[] }) {
  return (
    <ul className={css.failedList}>
      {failed.slice(0, 8).map(({ list, clause, criterion, flows }) => (
        <li key={`${list} ${clause} ${criterion}`}>
          {list === "exclude" ? `exclude ${clause + 1} matches` : `include ${clause + 1} fails at ${labelOf(criterion)}`}{" "}
          <b>{formatCount(flows)}</b>
        </li>
      ))}
    </ul>
  );
}

function Example({ example: { line, written, why } }: { readonly example: FlowExample }) {
  return (
    <div className={css.example}>
      {why.length > 0 && <p>{why.map(whyWords).join("; ")}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{visibleText(written ?? line, 3_000)}</pre>
    </div>
  );
}

function whyWords(why: WhyNot): string {
  return why.list === "exclude" ? `exclude ${why.clause + 1} matches` : `include ${why.clause + 1} fails at ${labelOf(why.criterion)}`;
}

function labelOf(criterion: string): string {
  return visibleText(criterion, 60);
}
