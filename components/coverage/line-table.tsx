/** What the lines were, by kind; why some were not understood, with the lines themselves. */
import { LogText } from "#components/ui/log-text.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { formatCount, formatShare } from "#lib/format/format-count.ts";
import type { Coverage, CoverageDetails } from "#lib/questions/answer.ts";
import css from "./coverage-page.module.css";
import { CoverageTable, textColumn } from "./coverage-table.tsx";
import { rejectWords } from "./reject-words.ts";

const SAMPLE_LENGTH = 400;

const SAMPLE_COLUMNS = [textColumn("Why"), textColumn("Feed"), textColumn("Line")];

interface Props {
  readonly coverage: Coverage;
  readonly samples: CoverageDetails["samples"];
}

export function LineTable({ coverage, samples }: Props) {
  const { lines, lost } = coverage;
  const kinds = [
    { words: "Flows", count: lines.flows, about: "Hubble flow events" },
    { words: "Notices", count: lines.notices, about: "lost events, node states, the agent's and datapath's own events" },
    { words: "Agent lines", count: lines.agent, about: "what the agent wrote about itself, and blank lines" },
    { words: "Not understood", count: lines.rejected, about: "should have been a flow and is not readable" },
  ];
  const reasons = Object.entries(lines.rejectedBy).sort(([, a], [, b]) => b - a);
  const losses = Object.entries(lost).sort(([, a], [, b]) => b - a);
  return (
    <>
      <div className={css.columns}>
        <Panel title={`${formatCount(lines.total)} lines`} isFlush>
          <CountTable rows={kinds.map(({ words, count, about }) => ({ words, count, about, share: formatShare(count, lines.total) }))} />
        </Panel>
        <Panel title="Why not understood" isFlush>
          {reasons.length === 0 ? (
            <p className={css.none}>Every line was understood.</p>
          ) : (
            <CountTable
              rows={reasons.map(([reason, count]) => ({
                words: rejectWords(reason).title,
                count,
                about: rejectWords(reason).about,
                share: formatShare(count, lines.rejected),
              }))}
            />
          )}
        </Panel>
        <Panel title="Events that Hubble lost" isFlush>
          {losses.length === 0 ? (
            <p className={css.none}>None were reported.</p>
          ) : (
            <CountTable rows={losses.map(([source, count]) => ({ words: source, count, about: "", share: "" }))} />
          )}
        </Panel>
      </div>
      {samples.length > 0 && (
        <CoverageTable title="Some of the lines" columns={SAMPLE_COLUMNS}>
          {samples.map(({ feed, reason, detail, sample }, index) => (
            <tr key={`${feed} ${index.toString()}`} className={css.tall}>
              <th scope="row">
                {rejectWords(reason).title}
                <small>
                  <LogText text={detail} />
                </small>
              </th>
              <td>
                <LogText text={feed} most={80} />
              </td>
              <td className={css.sample}>
                <code>
                  <LogText text={sample} most={SAMPLE_LENGTH} />
                </code>
              </td>
            </tr>
          ))}
        </CoverageTable>
      )}
    </>
  );
}

interface CountRow {
  readonly words: string;
  readonly count: number;
  readonly about: string;
  readonly share: string;
}

function CountTable({ rows }: { readonly rows: readonly CountRow[] }) {
  return (
    <table className={css.table}>
      <tbody>
        {rows.map(({ words, count, about, share }) => (
          <tr key={words} className={about === "" ? undefined : css.tall}>
            <th scope="row">
              <LogText text={words} />
              {about !== "" && <small>{about}</small>}
            </th>
            <td data-number="">
              <b>{formatCount(count)}</b>
            </td>
            {share !== "" && <td data-number="">{share}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
