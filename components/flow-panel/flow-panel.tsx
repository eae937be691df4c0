"use client";
/** Everything about one flow, beside the list: what happened, why, by which policy, and the line itself. */
import { CopyMenu } from "#components/copy-as/copy-menu.tsx";
import { copyTexts } from "#components/copy-as/copy-texts.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Answer, FlowDetail, Problem } from "#lib/questions/answer.ts";
import type { Search } from "#lib/url/search.ts";
import { AttemptPart } from "./attempt-part.tsx";
import { Ends } from "./ends.tsx";
import { footLinks } from "./filter-links.ts";
import css from "./flow-panel.module.css";
import { LabelsPart } from "./labels-part.tsx";
import { PanelHead } from "./panel-head.tsx";
import { PolicyPart } from "./policy-part.tsx";
import { RawLine } from "./raw-line.tsx";
import { Why } from "./why.tsx";

interface Props {
  /** Undefined while it is on its way. */
  readonly answer: Answer<FlowDetail> | undefined;
  readonly search: Search;
  readonly now: number;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  readonly onClose: () => void;
}

export function FlowPanel({ answer, search, now, onPrevious, onNext, onClose }: Props) {
  const detail = answer?.problem === undefined ? answer?.answer : undefined;
  return (
    <aside className={css.panel} aria-label="Open flow" aria-busy={answer === undefined}>
      <PanelHead row={detail?.row} now={now} onPrevious={onPrevious} onNext={onNext} onClose={onClose} />
      {answer?.problem !== undefined && <Missing problem={answer.problem} />}
      {detail !== undefined && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
          <section className={css.content} tabIndex={0} aria-label="Details" key={detail.row.id}>
            <Ends row={detail.row} search={search} />
            <Why row={detail.row} />
            <PolicyPart detail={detail} search={search} />
            <AttemptPart detail={detail} />
            <LabelsPart detail={detail} search={search} />
            <RawLine title="Raw line" line={detail.line} node={detail.row.node} />
            {detail.sibling !== undefined && (
              <RawLine title="The same packet's other record" line={detail.sibling.line} node={detail.row.node} />
            )}
          </section>
          <Foot detail={detail} search={search} />
        </>
      )}
    </aside>
  );
}

function Foot({ detail, search }: { readonly detail: FlowDetail; readonly search: Search }) {
  const links = footLinks(search, detail.row);
  return (
    <footer className={css.foot}>
      <LinkButton href={links.onlyPod}>{detail.row.podName === "" ? "Only this sender" : "Only this pod"}</LinkButton>
      <LinkButton href={links.exclude}>Exclude it</LinkButton>
      <LinkButton href={links.around} look="plain">
        Around it ±5 min
      </LinkButton>
      <span className={css.grow} />
      <CopyMenu texts={(link) => copyTexts(detail, link)} />
    </footer>
  );
}

/** A link to a flow that is gone says so; a store that did not answer is something else. */
function Missing({ problem }: { readonly problem: Problem }) {
  const isGone = problem.kind === "not-found";
  return (
    <div className={css.missing} role="status">
      <p className={css.sentence}>{isGone ? "This flow is not in the store." : problem.title}</p>
      <p className={css.prose}>
        {isGone
          ? "It may be older than the store keeps, or belong to other data. The rest of the link holds: the list beside shows its window and filter."
          : `${problem.detail} ${problem.next}`}
      </p>
    </div>
  );
}
