/** Per node: when it was first and last heard, and how much it blocked. A node that never blocked anything is not known here. */
import { LogText } from "#components/ui/log-text.tsx";
import { formatCount } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { Coverage, NodeReport } from "#lib/questions/answer.ts";
import css from "./coverage-page.module.css";
import { CoverageTable, numberColumn, textColumn } from "./coverage-table.tsx";
import { heardPart } from "./heard-part.ts";
import { agoWords } from "./moments.ts";

const COLUMNS = [
  textColumn("Node"),
  textColumn("Heard, in all stored time", css.bar),
  numberColumn("First flow"),
  { ...numberColumn("Last flow ↓"), isSorted: true },
  numberColumn("Flows"),
];

interface Props {
  readonly nodes: readonly NodeReport[];
  readonly span: Coverage["span"];
  readonly now: number;
}

export function NodeTable({ nodes, span, now }: Props) {
  if (nodes.length === 0) return <p className={css.none}>No node has sent a flow yet.</p>;
  const byNewest = [...nodes].sort((a, b) => (a.newest < b.newest ? -1 : a.newest > b.newest ? 1 : 0));
  return (
    <>
      <CoverageTable columns={COLUMNS}>
        {byNewest.map((node) => (
          <tr key={node.node}>
            <th scope="row" title={visibleText(node.node)}>
              <LogText text={node.node === "" ? "no node named" : node.node} />
            </th>
            <td className={css.bar}>
              <HeardBar node={node} span={span} />
            </td>
            <td data-number="" title={node.oldest}>
              {agoWords(node.oldest, now)}
            </td>
            <td data-number="" title={node.newest}>
              <b>{agoWords(node.newest, now)}</b>
            </td>
            <td data-number="">{formatCount(node.flows)}</td>
          </tr>
        ))}
      </CoverageTable>
      <p className={css.footnote}>
        The longest silent first. Silence may mean that nothing was blocked there, or that the node's log does not reach Weir; a flow log
        cannot tell the two apart. Nodes that never sent a flow are not listed.
      </p>
    </>
  );
}

function HeardBar({ node, span }: { readonly node: NodeReport; readonly span: Coverage["span"] }) {
  const { left, width } = heardPart(node, span);
  return (
    <span className={css.heard} aria-hidden="true">
      <i style={{ left: `${left}%`, width: `${width}%` }} />
    </span>
  );
}
