"use client";
/** What a clause can ask for: every criterion with one sentence and the release that brought it. */
import { useId, useState } from "react";
import { capital } from "#components/ui/capital.ts";
import { isAtLeast, type TargetVersion } from "#lib/exporter/config.ts";
import { CRITERIA } from "#lib/filters/criteria.ts";
import type { SentencePlace } from "#lib/filters/criterion.ts";
import css from "./criterion-menu.module.css";
import type { CiliumName } from "./inputs/input-props.ts";
import { ciliumNames } from "./inputs/inputs.ts";

interface Props {
  readonly target: TargetVersion;
  /** Criteria that the clause has. */
  readonly used: readonly string[];
  readonly onChoose: (criterion: string) => void;
  readonly onClose: () => void;
}

const PLACES: { readonly [P in SentencePlace]: string } = {
  what: "What happened",
  sender: "Sender",
  destination: "Destination",
  port: "Port and protocol",
  where: "Where it was seen",
  other: "Other",
};
const ORDER: readonly SentencePlace[] = ["what", "sender", "destination", "port", "where", "other"];

export function CriterionMenu({ target, used, onChoose, onClose }: Props) {
  const [find, setFind] = useState("");
  const id = useId();
  const wanted = find.trim().toLowerCase();
  const fitting = ciliumNames().filter(
    (name) => !used.includes(name) && `${name} ${CRITERIA[name].label} ${CRITERIA[name].help}`.toLowerCase().includes(wanted),
  );
  const groups = ORDER.map((place) => [place, fitting.filter((name) => CRITERIA[name].place === place)] as const).filter(
    ([, names]) => names.length > 0,
  );
  const first = groups[0]?.[1][0];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape anywhere in the menu closes it
    <div
      className={css.menu}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className={css.head}>
        <input
          // biome-ignore lint/a11y/noAutofocus: it stands where the button was that was just pressed
          autoFocus
          type="search"
          aria-label="Find a criterion"
          placeholder="Find a criterion"
          value={find}
          onChange={(event) => setFind(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || first === undefined) return;
            event.preventDefault();
            onChoose(first);
          }}
        />
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
      <div className={css.list}>
        {groups.map(([place, names]) => (
          <section key={place} aria-labelledby={`${id}${place}`}>
            <h4 id={`${id}${place}`}>{PLACES[place]}</h4>
            {names.map((name) => (
              <Option key={name} name={name} target={target} onChoose={() => onChoose(name)} />
            ))}
          </section>
        ))}
        {groups.length === 0 && <p>No criterion of that name is left.</p>}
      </div>
    </div>
  );
}

function Option({ name, target, onChoose }: { readonly name: CiliumName; readonly target: TargetVersion; readonly onChoose: () => void }) {
  const { label, help, origin } = CRITERIA[name];
  const since = origin.kind === "cilium" ? origin.since : "";
  const isTooNew = since !== "" && !isAtLeast(target, since);
  return (
    <button type="button" className={css.option} onClick={onChoose}>
      <span>
        <b>{capital(label)}</b> <small data-new={isTooNew}>{isTooNew ? `needs ${since}` : `since ${since}`}</small>
      </span>
      <span className={css.help}>{help}</span>
    </button>
  );
}
