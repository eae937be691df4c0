"use client";
/** The head of the workshop: which document, where it came from, target version, and the file to take away. */
import { IconClipboard, IconDownload } from "@tabler/icons-react";
import { CopyLink } from "#components/filter-bar/copy-link.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dropdown } from "#components/ui/dropdown.tsx";
import items from "#components/ui/menu-items.module.css";
import { TARGETS, type Target } from "#lib/url/workshop-params.ts";
import css from "./toolbar.module.css";

export interface TemplateChoice {
  readonly name: string;
  readonly title: string;
  readonly catches: string;
  readonly misses: string;
  readonly href: string;
  readonly isChosen: boolean;
}

interface Props {
  /** Where the document came from and how it stands: "pasted, 3 findings". */
  readonly state: string;
  readonly target: Target;
  readonly targetHref: (target: Target) => string;
  readonly onTarget: (target: Target) => void;
  readonly templates: readonly TemplateChoice[];
  readonly onTemplate: (name: string) => void;
  readonly onPaste: () => void;
  readonly hasPasted: boolean;
  /** Undefined where there is nothing to export, then `why` says why. */
  readonly onExport: (() => void) | undefined;
  readonly why: string;
}

export function Toolbar(props: Props) {
  const { state, target, targetHref, onTarget, templates, onTemplate, onPaste, hasPasted, onExport, why } = props;
  return (
    <section className={css.bar} aria-label="Configuration">
      <h1 className={css.title}>cilium-flowlog-config</h1>
      <span className={css.state} role="status">
        {state}
      </span>
      <Button look="plain" onClick={onPaste}>
        <IconClipboard size={14} stroke={1.5} aria-hidden="true" />
        {hasPasted ? "Paste another" : "Paste yours"}
      </Button>
      <Dropdown label="Templates" look="plain">
        <ul className={css.templates}>
          {templates.map(({ name, title, catches, misses, href, isChosen }) => (
            <li key={name}>
              <a
                href={href}
                className={`${items.item} ${css.template}`}
                aria-current={isChosen ? "true" : undefined}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                  event.preventDefault();
                  onTemplate(name);
                }}
              >
                <b>{title}</b>
                <span>{catches}</span>
                <span>Misses: {misses}</span>
              </a>
            </li>
          ))}
        </ul>
      </Dropdown>
      <div className={css.end}>
        <span className={css.label} id="target-label">
          Target Cilium
        </span>
        <nav className={css.targets} aria-labelledby="target-label">
          {TARGETS.map((one) => (
            <a
              key={one}
              href={targetHref(one)}
              aria-current={one === target ? "true" : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                onTarget(one);
              }}
            >
              {one}
            </a>
          ))}
        </nav>
        <span className={css.rule} />
        <CopyLink />
        <Button look="main" disabled={onExport === undefined} title={why} onClick={onExport}>
          <IconDownload size={14} stroke={1.7} aria-hidden="true" />
          Export ConfigMap
        </Button>
      </div>
    </section>
  );
}
