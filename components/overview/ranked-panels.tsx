/** The three rankings of the overview: who is blocked, towards what, on which ports. */
import { foldScans } from "#components/ranked-panel/fold-scan.ts";
import { LevelSwitch } from "#components/ranked-panel/level-switch.tsx";
import { questionOf } from "#components/ranked-panel/question-of.ts";
import { RankedPanel } from "#components/ranked-panel/ranked-panel.tsx";
import { rankedPorts, rankedRow } from "#components/ranked-panel/ranked-rows.ts";
import { formatCount } from "#lib/format/format-count.ts";
import type { GroupTable } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { destinationLevel, destinationLinks, LEVEL_WORDS, senderLevel, senderLinks } from "./levels.ts";
import css from "./overview.module.css";
import { type OverviewAnswers, PANEL_ROWS } from "./overview-answers.ts";
import { Part } from "./part.tsx";
import { spanWords } from "./span-words.ts";

interface Props {
  readonly answers: Pick<OverviewAnswers, "senders" | "destinations" | "ports" | "pairs">;
  readonly search: Search;
  readonly asked: ResolvedWindow;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function RankedPanels({ answers, search, asked, now }: Props) {
  const panel = { span: spanWords(asked.to - asked.from), end: asked.to, now, zone: search.zone };
  const sender = senderLevel(search.by);
  const destination = destinationLevel(search.by);
  return (
    <div className={css.panels}>
      <Part answer={answers.senders} name="Senders">
        {(table) => (
          <RankedPanel
            {...panel}
            title="Senders"
            level={<LevelSwitch id="sender-level" now={LEVEL_WORDS[sender].one} levels={senderLinks(search)} />}
            rows={table.rows.slice(0, PANEL_ROWS).map((row) => rankedRow(row, sender, search))}
            all={allOf(table, sender, search)}
          />
        )}
      </Part>
      <Part answer={answers.destinations} name="Destinations">
        {(table) => (
          <RankedPanel
            {...panel}
            title="Destinations"
            level={<LevelSwitch id="destination-level" now={LEVEL_WORDS[destination].one} levels={destinationLinks(search)} />}
            rows={table.rows.slice(0, PANEL_ROWS).map((row) => rankedRow(row, destination, search))}
            all={allOf(table, destination, search)}
          />
        )}
      </Part>
      <Part answer={answers.ports} name="Ports">
        {(table) => (
          <RankedPanel
            {...panel}
            title="Ports"
            hasShortNames
            level={undefined}
            rows={rankedPorts(foldScans(table, answers.pairs?.answer), search, PANEL_ROWS)}
            all={allOf(table, "port", search)}
          />
        )}
      </Part>
    </div>
  );
}

function allOf(table: GroupTable, level: keyof typeof LEVEL_WORDS, search: Search): { readonly href: string; readonly words: string } {
  const { one, many } = LEVEL_WORDS[level];
  const words = table.total === 1 ? `The one ${one}` : `All ${formatCount(table.total)} ${many}`;
  return { href: hrefOf("/groups", { ...questionOf(search), by: [level] }), words };
}
