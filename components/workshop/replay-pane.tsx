"use client";
/** The right pane: what the configuration would have logged of what is stored, what it would cost, and what is loudest. */
import type { ReactNode } from "react";
import { Dropdown } from "#components/ui/dropdown.tsx";
import items from "#components/ui/menu-items.module.css";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import { PRESETS } from "#components/window-picker/window-words.ts";
import { ReplayExamples } from "./replay-examples.tsx";
import { ReplayNoise } from "./replay-noise.tsx";
import css from "./replay-pane.module.css";
import { ReplayRates } from "./replay-rates.tsx";
import { ReplayShare } from "./replay-share.tsx";
import type { Replaying } from "./use-replay.ts";
import type { Edit } from "./use-workshop.ts";
import frame from "./workshop.module.css";
import type { Chosen } from "./workshop-href.ts";

interface Props {
  readonly chosen: Chosen;
  readonly replaying: Replaying;
  readonly windowWords: string;
  readonly onWindow: (window: Chosen["window"]) => void;
  readonly onPrice: (price: Chosen["price"]) => void;
  readonly onAgain: () => void;
  readonly onEdit: Edit;
}

export function ReplayPane(props: Props) {
  const { replaying, windowWords, onWindow } = props;
  return (
    <section className={frame.pane} aria-label="Replay">
      <div className={frame.head}>
        <h2>Replay</h2>
        <span className={frame.aside}>on stored flows</span>
        <div className={frame.end}>
          <Dropdown label={windowWords} name={`Replay window: ${windowWords}`} look="plain" size="small" align="right">
            <ul className={items.items}>
              <Preset words="As the store holds" onDo={() => onWindow(undefined)} />
              {PRESETS.map(({ from, words }) => (
                <Preset key={from} words={words} onDo={() => onWindow({ from, to: "now" })} />
              ))}
            </ul>
          </Dropdown>
        </div>
      </div>
      <div className={`${frame.body} ${css.body}`} aria-busy={replaying.is === "running"}>
        <Content {...props} />
      </div>
    </section>
  );
}

function Preset({ words, onDo }: { readonly words: string; readonly onDo: () => void }) {
  return (
    <li>
      <button type="button" className={items.item} data-closes onClick={onDo}>
        {words}
      </button>
    </li>
  );
}

function Content({ chosen, replaying, onPrice, onAgain, onEdit }: Props): ReactNode {
  const { told } = replaying;
  return (
    <>
      <Progress replaying={replaying} onAgain={onAgain} />
      {told !== undefined && (
        <div>
          <ReplayShare told={told} entry={chosen.entry} />
          <ReplayRates told={told} entry={chosen.entry} price={chosen.price} onPrice={onPrice} />
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
  if (replaying.is === "failed") {
    return (
      <div className={css.failed} role="alert">
        <b>{replaying.title}</b> {replaying.detail}{" "}
        <button type="button" onClick={onAgain}>
          Try again
        </button>
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
