/** What was found on the way to the flows of a store that others fill; the first bad step says what to do. */
import { IconCircleDashed } from "@tabler/icons-react";
import { LogText } from "#components/ui/log-text.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import type { StoreCheck } from "#lib/questions/answer.ts";
import line from "./coverage-line.module.css";
import css from "./coverage-page.module.css";
import { ToneIcon } from "./tone-icon.tsx";

export function CheckTable({ checks }: { readonly checks: readonly StoreCheck[] }) {
  return (
    <div className={css.page}>
      <Panel title="Checks" isFlush>
        <table className={css.table}>
          <tbody>
            {checks.map(({ what, state, found, next }) => (
              <tr key={what} className={next === "" ? undefined : css.tall}>
                <th scope="row">
                  <StateIcon state={state} /> {what}
                  {next === "" ? <VisuallyHidden>, {WORDS[state]}</VisuallyHidden> : <small>{WORDS[state]}</small>}
                </th>
                <td className={css.sample}>
                  <LogText text={found} most={600} />
                  {next !== "" && (
                    <p>
                      <b>
                        <LogText text={next} most={600} />
                      </b>
                    </p>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </div>
  );
}

function StateIcon({ state }: Pick<StoreCheck, "state">) {
  const tone = TONES[state];
  return tone === undefined ? (
    <IconCircleDashed className={line.icon} size={14} stroke={1.6} aria-hidden="true" />
  ) : (
    <ToneIcon tone={tone} />
  );
}

const TONES = { good: "ok", doubtful: "warn", bad: "bad", unknown: undefined } as const;
const WORDS: { readonly [S in StoreCheck["state"]]: string } = {
  good: "in order",
  doubtful: "worth a look",
  bad: "not in order",
  unknown: "not known",
};
