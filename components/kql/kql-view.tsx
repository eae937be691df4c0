/** Questions as KQL: each with a button that copies it and, where an address can hold it, a link that opens it in Azure Data Explorer. */
import { IconExternalLink } from "@tabler/icons-react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { LogText } from "#components/ui/log-text.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Problem } from "#lib/questions/answer.ts";
import css from "./kql-view.module.css";

export interface ShownQuery {
  readonly title: string;
  readonly text?: string;
  /** Absent where it is too long for an address. */
  readonly link?: string;
  readonly problem?: Problem;
}

export function KqlView({ queries }: { readonly queries: readonly ShownQuery[] }) {
  return (
    <div className={css.page}>
      <h1>This question in KQL</h1>
      <p className={css.lead}>What Weir asks your cluster, with the values inside. It runs in any query window of Azure Data Explorer.</p>
      {queries.map(({ title, text, link, problem }) => (
        <Panel
          key={title}
          title={title}
          tools={
            text !== undefined && (
              <>
                <CopyButton text={text} look="bordered" size="small">
                  Copy KQL
                </CopyButton>
                {link !== undefined && (
                  <a className={css.open} href={link} target="_blank" rel="noreferrer">
                    Open in Azure Data Explorer <IconExternalLink size={13} stroke={1.6} aria-hidden />
                  </a>
                )}
              </>
            )
          }
        >
          {problem !== undefined && (
            <p>
              <LogText text={`${problem.title} ${problem.detail}`} most={600} />
            </p>
          )}
          {text !== undefined && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
            <section className={css.text} aria-label={`KQL of ${title}`} tabIndex={0}>
              <pre>{text}</pre>
            </section>
          )}
        </Panel>
      ))}
    </div>
  );
}
