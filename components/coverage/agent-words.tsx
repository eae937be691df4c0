/** What the agents wrote about the exporter, and their warnings and errors, as they wrote it. */
import { LogText } from "#components/ui/log-text.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { UNKNOWN } from "#lib/format/format-count.ts";
import type { CoverageDetails } from "#lib/questions/answer.ts";
import css from "./coverage-page.module.css";

export function AgentWords({ words }: { readonly words: CoverageDetails["agentWords"] }) {
  if (words.length === 0) return <p className={css.none}>The agents said nothing about the exporter, and no warning and no error.</p>;
  return (
    <Panel title="In the agent's own words" isFlush>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Time, UTC</th>
            <th scope="col">Level</th>
            <th scope="col">Message</th>
          </tr>
        </thead>
        <tbody>
          {words.map(({ time, level, text }, index) => (
            <tr key={`${time} ${index.toString()}`} className={css.tall}>
              <td className={css.time}>{time === "" ? UNKNOWN : time.slice(0, 19).replace("T", " ")}</td>
              <td>
                <LogText text={level === "" ? UNKNOWN : level} most={20} />
              </td>
              <td className={css.sample}>
                <code>
                  <LogText text={text} most={600} />
                </code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
