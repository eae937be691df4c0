"use client";
/** The exporter workshop: clauses on the left, the text with its findings in the middle, what it would log on the right. */
import { lazy, Suspense, useMemo, useState } from "react";
import { UnreadableNotice } from "#components/filter-bar/unreadable-notice.tsx";
import { windowWords } from "#components/window-picker/window-words.ts";
import { TEMPLATES } from "#lib/exporter/templates.ts";
import { formatCount } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { Unreadable } from "#lib/url/unreadable.ts";
import { EntryPane } from "./entry-pane.tsx";
import { ReplayPane } from "./replay-pane.tsx";
import { saveText } from "./save-text.ts";
import { TextPane } from "./text-pane.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useReplay } from "./use-replay.ts";
import { type Origin, useWorkshop, type WorkshopStart } from "./use-workshop.ts";
import css from "./workshop.module.css";
import { type Chosen, type Place, workshopHref } from "./workshop-href.ts";
import { WorkshopNotice } from "./workshop-notice.tsx";

const PasteDialog = lazy(async () => ({ default: (await import("./paste-dialog.tsx")).PasteDialog }));

/** A chosen window is named by itself. */
const NO_WINDOW = { from: 0, to: 0 };

/** What the dialog begins with, and where its text goes. */
interface Bringing {
  readonly text: string;
  readonly onOpen: (text: string) => void;
}

interface Props {
  readonly start: WorkshopStart;
  readonly place: Place;
  readonly unreadable: readonly Unreadable[];
  /** Why the filter of the view could not be taken along; empty = it was, or there was none. */
  readonly refusal: string;
  /** The window that is replayed, in words: "Last 24 hours". */
  readonly windowName: string;
  readonly asked: ResolvedWindow;
}

export function Workshop({ start, place, unreadable, refusal, windowName, asked }: Props) {
  const workshop = useWorkshop(start, place);
  /** What the dialog is open for; undefined = it is closed. */
  const [bringing, setBringing] = useState<Bringing>();
  function bring(what: Bringing): void {
    workshop.prepare();
    setBringing(what);
  }
  const [trouble, setTrouble] = useState("");
  async function takeFile(file: File): Promise<void> {
    const { readFileText } = await import("./read-file-text.ts");
    const read = await readFileText(file);
    setTrouble(read.trouble ?? "");
    if (read.text !== undefined) workshop.open(read.text);
  }
  const { view, chosen, origin } = workshop;
  const href = (change: Partial<Chosen>): string => workshopHref(place, { ...chosen, ...change });
  const hasEntries = view.entries.length > 0;
  const texts = useMemo(
    () => (!hasEntries ? [] : chosen.pasted === undefined || chosen.pasted === view.text ? [view.text] : [chosen.pasted, view.text]),
    [hasEntries, chosen.pasted, view.text],
  );
  const from = originWords(origin, chosen.pasted !== undefined, chosen.pasted === chosen.text);
  const { replaying, again } = useReplay({ window: chosen.window, target: chosen.target, texts });
  const written = view.texts.configmap?.written;
  return (
    <section
      className={css.workshop}
      aria-label="Workshop"
      aria-busy={workshop.isBusy}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes("Files")) event.preventDefault();
      }}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files;
        if (file === undefined) return;
        event.preventDefault();
        void takeFile(file);
      }}
    >
      <Toolbar
        state={`${from}, ${findingWords(view.findingCount)}`}
        target={chosen.target}
        targetHref={(target) => href({ target })}
        onTarget={workshop.target}
        templates={TEMPLATES.map(({ name, title, catches, misses }) => ({
          name,
          title,
          catches,
          misses,
          href: href({ template: name, text: undefined, pasted: undefined, entry: 0 }),
          isChosen: origin.is === "template" && origin.title === title,
        }))}
        onTemplate={workshop.template}
        onPaste={() => bring({ text: "", onOpen: workshop.open })}
        hasPasted={chosen.pasted !== undefined}
        onExport={written?.text === undefined ? undefined : () => saveText(written.text, written.fileName, "application/yaml")}
        why={written?.refusal === undefined ? `Downloads ${written?.fileName ?? ""}` : visibleText(written.refusal, 300)}
      />
      <UnreadableNotice unreadable={unreadable} />
      {refusal !== "" && origin.is === "template" && (
        <WorkshopNotice title="The filter of the view cannot be said to Cilium.">{visibleText(refusal, 300)}</WorkshopNotice>
      )}
      {workshop.refusal !== "" && <WorkshopNotice title="Nothing was changed.">{visibleText(workshop.refusal, 500)}</WorkshopNotice>}
      {trouble !== "" && <WorkshopNotice title="The file was not read.">{trouble}</WorkshopNotice>}
      {workshop.isKept && (
        <WorkshopNotice title="The configuration of this link was too long for it.">
          It stays in the browser tab that made the link. What you see is a template.
        </WorkshopNotice>
      )}
      {workshop.keeping !== "link" && (
        <WorkshopNotice title="This configuration is too long for a link.">
          {workshop.keeping === "tab"
            ? "It stays in this tab as it is, also when you reload. To share it, export it."
            : "It stays on this page as it is, and is gone when you reload. Copy the text to keep it."}
        </WorkshopNotice>
      )}
      <div className={css.panes}>
        <EntryPane view={view} entry={chosen.entry} onEntry={(entry) => workshop.choose({ entry })} onEdit={workshop.edit} />
        <TextPane
          view={view}
          tab={chosen.tab}
          tabHref={(tab) => href({ tab })}
          onTab={(tab) => workshop.choose({ tab })}
          onFix={workshop.fix}
          onEditText={() => bring({ text: view.text, onOpen: workshop.retype })}
        />
        <ReplayPane
          chosen={chosen}
          replaying={replaying}
          windowWords={chosen.window === undefined ? windowName : windowWords(chosen.window, NO_WINDOW, undefined)}
          asked={asked}
          zone={place.search.zone}
          candidate={from}
          isRefused={!view.verdict.isAccepted}
          onCompare={() => bring({ text: "", onOpen: workshop.compare })}
          onAlone={() => workshop.compare(undefined)}
          onWindow={(window) => workshop.choose({ window })}
          onPrice={(price) => workshop.choose({ price })}
          onAgain={again}
          onEdit={workshop.edit}
        />
      </div>
      {bringing !== undefined && (
        <Suspense>
          <PasteDialog {...bringing} onClose={() => setBringing(undefined)} />
        </Suspense>
      )}
    </section>
  );
}

function originWords(origin: Origin, hasPasted: boolean, isAsPasted: boolean): string {
  if (origin.is === "template") return `template ${origin.title}`;
  if (origin.is === "filter") return "from the view's filter";
  if (!hasPasted) return "changed";
  return isAsPasted ? "pasted" : "pasted, then changed";
}

function findingWords(findings: number): string {
  return findings === 0 ? "no findings" : findings === 1 ? "1 finding" : `${formatCount(findings)} findings`;
}
