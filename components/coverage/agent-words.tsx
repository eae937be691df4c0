/** What the agents wrote about the exporter, and their warnings and errors, as they wrote it. */
import { LogText } from "#components/ui/log-text.tsx";
import { UNKNOWN } from "#lib/format/format-count.ts";
import type { CoverageDetails } from "#lib/questions/answer.ts";
import css from "./coverage-page.module.css";
import { CoverageTable, textColumn } from "./coverage-table.tsx";
import { clockWords } from "./moments.ts";

const COLUMNS = [textColumn("Time, UTC"), textColumn("Level"), textColumn("Message")];

export function AgentWords({ words }: { readonly words: CoverageDetails["agentWords"] }) {
  if (words.length === 0) return <p className={css.none}>The agents said nothing about the exporter, and no warning and no error.</p>;
  return (
    <CoverageTable title="In the agent's own words" columns={COLUMNS}>
      {words.map(({ time, level, text }, index) => (
        <tr key={`${time} ${index.toString()}`} className={css.tall}>
          <td className={css.time}>{time === "" ? UNKNOWN : clockWords(time)}</td>
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
    </CoverageTable>
  );
}
