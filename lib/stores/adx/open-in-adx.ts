/** A question as KQL for a person: a text to copy, and a link that opens it in the web UI of Azure Data Explorer. */
import { gzipSync } from "node:zlib";
import type { Problem } from "#lib/questions/answer.ts";
import type { FlowsQuestion, GroupsQuestion, TimelineQuestion } from "#lib/questions/question.ts";
import type { AdxSettings } from "./adx-settings.ts";
import { pageQuery } from "./answer-flows.ts";
import { groupsQuery } from "./answer-groups.ts";
import { summaryQuery } from "./answer-summary.ts";
import { timelineQuery } from "./answer-timeline.ts";
import type { Built, Scene } from "./asking.ts";
import { standaloneText } from "./kusto-query.ts";

export interface OpenableQuery {
  /** What it asks, in one or two words. */
  readonly title: string;
  readonly text: string;
  /** Undefined where the query is too long for an address. */
  readonly link: string | undefined;
}

export type Openable = OpenableQuery | { readonly title: string; readonly problem: Problem };

export interface OpenedQuestions {
  readonly groups: GroupsQuestion;
  readonly timeline: TimelineQuestion;
  readonly flows: FlowsQuestion;
}

/** The questions behind the views, for the same search. `now` = milliseconds since 1970. */
export function openInAdx(settings: AdxSettings, questions: OpenedQuestions, now: number): readonly Openable[] {
  const scene: Scene = { settings, now: () => now };
  const built: readonly (readonly [string, Built])[] = [
    ["Totals", summaryQuery(scene, questions.groups)],
    ["Groups", groupsQuery(scene, questions.groups)],
    ["Timeline", timelineQuery(scene, questions.timeline)],
    ["Flows", pageQuery(scene, questions.flows)],
  ];
  return built.map(([title, { query, problem }]): Openable => {
    if (query === undefined) return { title, problem };
    const text = standaloneText(query);
    return { title, text, link: adxLink(settings, text) };
  });
}

/** Longest seen in Microsoft's own pages is about 5,000; browsers and proxies take eight. */
const MOST_CHARACTERS = 8000;
const PUBLIC_SUFFIX = ".kusto.windows.net";

/** gzip, standard base64, percent-encoded, as the web UI's own links are. Nothing secret is in it. */
export function adxLink({ cluster, database }: Pick<AdxSettings, "cluster" | "database">, text: string): string | undefined {
  const { host, origin } = new URL(cluster);
  const name = host.endsWith(PUBLIC_SUFFIX) ? host.slice(0, -PUBLIC_SUFFIX.length) : encodeURIComponent(origin);
  const query = encodeURIComponent(gzipSync(Buffer.from(text, "utf8"), { level: 9 }).toString("base64"));
  const link = `https://dataexplorer.azure.com/clusters/${name}/databases/${encodeURIComponent(database)}?query=${query}`;
  return link.length > MOST_CHARACTERS ? undefined : link;
}
