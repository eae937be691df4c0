"use client";
/** The right pane: what the configuration would have logged of what is stored, what it would cost, and what is loudest. */
import type { ReactNode } from "react";
import { Dropdown } from "#components/ui/dropdown.tsx";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import { visibleText } from "#lib/format/visible-text.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { ComparedWith } from "./compared-with.tsx";
import { ReplayExamples } from "./replay-examples.tsx";
import { ReplayNoise } from "./replay-noise.tsx";
import css from "./replay-pane.module.css";
import { ReplayRates } from "./replay-rates.tsx";
import { ReplayShare } from "./replay-share.tsx";
import { ReplayWindow } from "./replay-window.tsx";
import type { Replaying } from "./use-replay.ts";
import type { Edit } from "./use-workshop.ts";
import frame from "./workshop.module.css";
import type { Chosen } from "./workshop-href.ts";

interface Props {
  readonly chosen: Chosen;
  readonly replaying: Replaying;
  readonly windowWords: string;
  /** The resolved window that was asked for when the page was read: what the fields begin with. */
  readonly asked: ResolvedWindow;
  readonly zone: "utc" | "local";
  /** Where the candidate came from, in words. */
  readonly candidate: string;
  readonly isRefused: boolean;
  readonly onCompare: () => void;
  readonly onAlone: () => void;
  readonly onWindow: (window: Chosen["window"]) => void;
  readonly onPrice: (price: Chosen["price"]) => void;
  readonly onAgain: () => void;
  readonly onEdit: Edit;
}

export function ReplayPane(props: Props) {
  const { chosen, replaying, windowWords, asked, zone, onWindow } = props;
  return (
    <section className={frame.pane} aria-label="Replay">
      <div className={frame.head}>
        <h2>Replay</h2>
        <span className={frame.aside}>on stored flows</span>
        <div className={frame.end}>
          <Dropdown
            key={`${chosen.window?.from} ${chosen.window?.to}`}
            label={windowWords}
            name={`Replay window: ${windowWords}`}
            look="plain"
            size="small"
            align="right"
          >
            <ReplayWindow window={chosen.window} asked={asked} zone={zone} onWindow={onWindow} />
          </Dropdown>
        </div>
      </div>
      <div className={`${frame.body} ${css.body}`} aria-busy={replaying.is === "running"}>
        <Content {...props} />
      </div>
    </section>
  );
}

function Content({ chosen, replaying, candidate, isRefused, onCompare, onAlone, onPrice, onAgain, onEdit }: Props): ReactNode {
  const { told } = replaying;
  const isCompared = chosen.pasted !== undefined;
  return (
    <>
      <ComparedWith
        candidate={candidate}
        isCompared={isCompared}
        isSame={isCompared && chosen.pasted === chosen.text}
        isRefused={isRefused && replaying.is !== "idle"}
        onCompare={onCompare}
        onAlone={onAlone}
      />
      <Progress replaying={replaying} onAgain={onAgain} />
      {told !== undefined && (
        <div>
          <ReplayShare told={told} entry={chosen.entry} />
          <ReplayRates told={told} entry={chosen.entry} price={chosen.price} isCompared={isCompared} onPrice={onPrice} />
          <ReplayNoise told={told} entry={chosen.entry} onEdit={onEdit} />
          <ReplayExamples told={told} entry={chosen.entry} />
        </div>
      )}
      {told !== undefined && told.blindSpots.length > 0 && (
        <div className={css.cannot}>
          <b>What replay cannot tell.</b> {told.blindSpots.join(" ")}
        </div>
      )}
    </>
  );
}

function Progress({ replaying, onAgain }: { readonly replaying: Replaying; readonly onAgain: () => void }) {
  if (replaying.is === "done") return null;
  if (replaying.is === "idle") {
    return (
      <div className={css.part}>
        <b>Nothing to replay.</b> The text has no entry that can be read.
      </div>
    );
  }
  if (replaying.is === "failed") {
    return (
      <div className={css.failed} role="alert">
        <b>{replaying.title}</b> {visibleText(replaying.detail, 600)} {replaying.next}{" "}
        {replaying.mayHelpAgain && (
          <button type="button" onClick={onAgain}>
            Try again
          </button>
        )}
      </div>
    );
  }
  const { looked, of } = replaying;
  return (
    <p className={css.progress} role="status">
      {of === undefined ? "Reading stored flows" : `Read ${looked.toLocaleString("en-US")} of ${of.toLocaleString("en-US")} stored flows`}
      {replaying.isOld && ". The numbers below are of the configuration before."}
      <VisuallyHidden>, please wait</VisuallyHidden>
      {of !== undefined && of > 0 && <progress value={looked} max={of} aria-label="Flows replayed" />}
    </p>
  );
}
