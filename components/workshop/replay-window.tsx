"use client";
/** Which stored flows are replayed: what the store holds, a moving window, or any range. */
import items from "#components/ui/menu-items.module.css";
import { RangeFields } from "#components/window-picker/range-fields.tsx";
import { PRESETS } from "#components/window-picker/window-words.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import css from "./replay-pane.module.css";
import type { Chosen } from "./workshop-href.ts";

interface Props {
  readonly window: Chosen["window"];
  readonly asked: ResolvedWindow;
  readonly zone: "utc" | "local";
  readonly onWindow: (window: Chosen["window"]) => void;
}

export function ReplayWindow({ window, asked, zone, onWindow }: Props) {
  const item = (key: string, words: string, wanted: Chosen["window"]) => (
    <li key={key}>
      <button
        type="button"
        className={items.item}
        data-closes
        aria-pressed={window?.from === wanted?.from && window?.to === wanted?.to}
        onClick={() => onWindow(wanted)}
      >
        {words}
      </button>
    </li>
  );
  return (
    <div className={css.window}>
      <ul className={items.items}>
        {item("", "As the store holds", undefined)}
        {PRESETS.map(({ from, words }) => item(from, words, { from, to: "now" }))}
      </ul>
      <p className={items.head}>A range of your own</p>
      <RangeFields asked={pinned(window) ?? asked} zone={zone} onTake={(from, to) => onWindow({ from: iso(from), to: iso(to) })} />
    </div>
  );
}

/** A range that was taken is what its fields begin with. */
function pinned(window: Chosen["window"]): ResolvedWindow | undefined {
  const [from, to] = [Date.parse(window?.from ?? ""), Date.parse(window?.to ?? "")];
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : { from, to };
}

function iso(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}
