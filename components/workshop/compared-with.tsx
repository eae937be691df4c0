"use client";
/** What the replay is of: the candidate on the page, and the present configuration beside it where there is one. */
import { Button } from "#components/ui/button.tsx";
import css from "./replay-pane.module.css";

interface Props {
  /** Where the candidate came from: "template Policy-blocked egress". */
  readonly candidate: string;
  readonly isCompared: boolean;
  /** The candidate is what was pasted, to the letter. */
  readonly isSame: boolean;
  /** Agents refuse the candidate as it stands. */
  readonly isRefused: boolean;
  readonly onCompare: () => void;
  readonly onAlone: () => void;
}

export function ComparedWith({ candidate, isCompared, isSame, isRefused, onCompare, onAlone }: Props) {
  return (
    <dl className={css.sides} aria-label="What is replayed">
      <div>
        <dt>Current</dt>
        <dd>
          {isCompared ? "as pasted" : "not known"}{" "}
          <Button size="small" look="plain" onClick={isCompared ? onAlone : onCompare}>
            {isCompared ? "Stop comparing" : "Add it to compare"}
          </Button>
        </dd>
      </div>
      <div>
        <dt>Candidate</dt>
        <dd>
          {isSame ? "the same, nothing changed yet" : candidate}
          {isRefused && ". Agents refuse it as it stands; what is replayed is the mended reading"}
        </dd>
      </div>
    </dl>
  );
}
