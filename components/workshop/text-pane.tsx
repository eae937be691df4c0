"use client";
/** The middle pane: the configuration in each of its forms, with findings in the margin, and how to apply it. */
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { visibleText } from "#lib/format/visible-text.ts";
import { ApplyBox } from "./apply-box.tsx";
import { changesOf, Difference } from "./difference.tsx";
import { DocumentText } from "./document-text.tsx";
import css from "./text-pane.module.css";
import { VerdictLine } from "./verdict-line.tsx";
import frame from "./workshop.module.css";
import { TABS, type TabName, type WorkshopView } from "./workshop-view.ts";

const TAB_WORDS: { readonly [T in TabName]: string } = {
  pasted: "As pasted",
  configmap: "ConfigMap",
  helm: "Helm",
  flowlogs: "flowlogs.yaml",
  hubble: "hubble",
  flags: "Flags",
  kql: "KQL",
  difference: "Difference",
};

interface Props {
  readonly view: WorkshopView;
  /** Empty = the first. */
  readonly tab: string;
  readonly tabHref: (tab: string) => string;
  readonly onTab: (tab: string) => void;
  /** `text`: the one whose finding is to be mended. */
  readonly onFix: (text: string, at: number) => void;
  /** The whole document, to be changed by hand. */
  readonly onEditText: () => void;
}

export function TextPane({ view, tab, tabHref, onTab, onFix, onEditText }: Props) {
  const tabs = TABS.filter((name) => (name === "difference" ? view.difference !== undefined : view.texts[name] !== undefined));
  const [first = "configmap"] = tabs;
  const open = tabs.find((name) => name === tab) ?? first;
  const shown = open === "difference" ? undefined : view.texts[open];
  const text = shown?.written.text;
  return (
    <section className={frame.pane} aria-label="Text">
      <div className={`${frame.head} ${css.head}`}>
        <nav className={css.tabs} aria-label="Forms">
          {tabs.map((name) => (
            <a
              key={name}
              href={tabHref(name === first ? "" : name)}
              aria-current={name === open ? "true" : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                onTab(name === first ? "" : name);
              }}
            >
              {name === "pasted" && view.pasted !== view.text ? "As typed" : TAB_WORDS[name]}
              {name === "difference" && view.difference && <Tag>{changesOf(view.difference)}</Tag>}
            </a>
          ))}
        </nav>
        {text !== undefined && (
          <div className={frame.end}>
            {(open === "pasted" || open === "configmap") && (
              <Button look="plain" size="small" onClick={onEditText}>
                Edit text
              </Button>
            )}
            <CopyButton text={text} look="bordered" size="small">
              Copy
            </CopyButton>
          </div>
        )}
      </div>
      <div className={`${frame.body} ${css.body}`}>
        {(open === "pasted" || open === "configmap") && <VerdictLine verdict={view.verdict} />}
        {open === "difference" && view.difference && <Difference difference={view.difference} />}
        {shown?.written.refusal !== undefined && <p className={css.refusal}>{visibleText(shown.written.refusal, 500)}</p>}
        {shown !== undefined && text !== undefined && (
          <DocumentText
            key={open}
            label={TAB_WORDS[open]}
            text={text}
            language={open === "hubble" || open === "flags" || open === "kql" ? "shell" : "yaml"}
            findings={shown.findings}
            findingCount={shown.findingCount}
            onFix={({ at }) => onFix(text, at)}
          />
        )}
        {(open === "pasted" || open === "configmap") && <ApplyBox commands={view.commands} />}
      </div>
    </section>
  );
}
