/** Four views of the same: by node, by feed, by line, and what the agents said. */
import { Segmented } from "#components/ui/segmented.tsx";
import { formatCount } from "#lib/format/format-count.ts";
import type { Coverage, CoverageDetails } from "#lib/questions/answer.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { AgentWords } from "./agent-words.tsx";
import css from "./coverage-page.module.css";
import { FeedTable } from "./feed-table.tsx";
import { LineTable } from "./line-table.tsx";
import { NodeTable } from "./node-table.tsx";
import { RelayNodeTable } from "./relay-node-table.tsx";
import { SourceTable } from "./source-table.tsx";

interface Props {
  readonly coverage: Coverage;
  readonly details: CoverageDetails;
  readonly search: Search;
  readonly now: number;
}

const TABS = ["nodes", "feeds", "lines", "agent"] as const;

export function CoverageTabs({ coverage, details, search, now }: Props) {
  // lines and what agents said are told by feeds; others ship flows and nothing else
  if (coverage.shipped !== undefined && coverage.feeds.length === 0) {
    return (
      <div className={css.page}>
        <NodeTable nodes={details.nodes} span={coverage.span} now={now} />
      </div>
    );
  }
  const tab = TABS.find((name) => name === search.tab) ?? "nodes";
  const counts = {
    nodes: details.sources?.length || details.nodes.length,
    feeds: coverage.feeds.length,
    lines: coverage.lines.rejected,
    agent: details.agentWords.length,
  };
  const words = { nodes: "Nodes", feeds: "Feeds", lines: "Lines not understood", agent: "Agent messages" };
  const options = TABS.map((name) => ({
    href: hrefOf("/coverage", { ...search, tab: name === "nodes" ? "" : name }),
    words: words[name],
    count: formatCount(counts[name]),
    isChosen: name === tab,
  }));
  return (
    <div className={css.page}>
      <Segmented label="Coverage by" options={options} />
      {tab === "nodes" && <SourceTable sources={details.sources ?? []} now={now} />}
      {tab === "nodes" && <RelayNodeTable sources={details.sources ?? []} now={now} />}
      {tab === "nodes" && <NodeTable nodes={details.nodes} span={coverage.span} now={now} />}
      {tab === "feeds" && <FeedTable feeds={coverage.feeds} store={coverage.store} />}
      {tab === "lines" && <LineTable coverage={coverage} samples={details.samples} />}
      {tab === "agent" && <AgentWords words={details.agentWords} />}
    </div>
  );
}
