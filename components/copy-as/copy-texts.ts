/** What can be copied of a flow: a link, its line, commands that show more, and words for a ticket. */
import type { Filter } from "#lib/filters/filter.ts";
import { shellWord, toHubbleCli } from "#lib/filters/to-hubble-cli.ts";
import { dropReasonText } from "#lib/flows/drop-reasons.ts";
import { explain } from "#lib/flows/explain.ts";
import { REASON_WORDS } from "#lib/flows/reason-words.ts";
import { formatAddress } from "#lib/format/format-address.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { FlowDetail, FlowRow } from "#lib/questions/answer.ts";

export interface CopyText {
  readonly id: "link" | "line" | "hubble" | "describe" | "logs" | "markdown";
  readonly title: string;
  readonly text: string;
}

/** `link` is the absolute address of the open flow. Commands for a pod are left out where the sender is none. */
export function copyTexts(detail: FlowDetail, link: string): readonly CopyText[] {
  const { row } = detail;
  const texts: CopyText[] = [
    { id: "link", title: "Link to this flow", text: link },
    { id: "line", title: "JSON line, as received", text: detail.line },
  ];
  const hubble = hubbleCommand(row);
  if (hubble !== undefined) texts.push({ id: "hubble", title: "hubble observe command", text: hubble });
  if (row.podName !== "") {
    const pod = `-n ${shellWord(row.namespace || "default")}`;
    texts.push({ id: "describe", title: "kubectl describe pod", text: `kubectl ${pod} describe pod ${wordAfterFlags(row.podName)}` });
    texts.push({
      id: "logs",
      title: "kubectl logs",
      text: `kubectl ${pod} logs ${wordAfterFlags(row.podName)} --all-containers --since-time=${shellWord(wholeSecond(row.time))}`,
    });
  }
  texts.push({ id: "markdown", title: "Markdown for a ticket", text: markdown(detail, link) });
  return texts;
}

/** A name that begins with a dash would be read as a flag. */
function wordAfterFlags(name: string): string {
  return name.startsWith("-") ? `-- ${shellWord(name)}` : shellWord(name);
}

/** Follows the same pod to the same destination; undefined where the flow names neither. */
function hubbleCommand(row: FlowRow): string | undefined {
  const from = row.podName === "" ? { source_ip: [row.sourceIp] } : { source_pod: [`${row.namespace || "default"}/${row.podName}`] };
  if (row.destinationIp === "" || (row.podName === "" && row.sourceIp === "")) return undefined;
  const port = row.destinationPort === null ? {} : { destination_port: [String(row.destinationPort)] };
  const protocol = row.protocol === "" ? {} : { protocol: [row.protocol.toLowerCase()] };
  const filter: Filter = { include: [{ ...from, destination_ip: [row.destinationIp], ...port, ...protocol }], exclude: [] };
  const spelled = toHubbleCli(filter);
  return spelled.refusal ? undefined : `${spelled.spelled} --follow`;
}

function markdown({ row, deniedBy }: FlowDetail, link: string): string {
  const { sentence, meaning, helps } = explain(row);
  const destination = [
    code(formatAddress(row.destinationIp, row.destinationPort)),
    row.protocol,
    code(row.group),
    ...row.names.slice(0, 3).map(code),
  ];
  const reason = `${REASON_WORDS[row.reason].short}${row.dropReason === 0 ? "" : ` (${row.dropReason} ${code(row.dropReasonName)}, ${dropReasonText(row.dropReason)})`}`;
  const facts: readonly (readonly [string, string])[] = [
    ["When", code(row.time)],
    [
      "Sender",
      [code(row.pod), row.workload === row.pod ? "" : `of ${code(row.workload)}`, code(formatAddress(row.sourceIp, row.sourcePort))]
        .filter(Boolean)
        .join(" "),
    ],
    ["Destination", destination.filter(Boolean).join(" ")],
    ["Reason", reason],
    ["Policy", deniedBy.map((policy) => code(policy.namespace === "" ? policy.name : `${policy.namespace}/${policy.name}`)).join(", ")],
    ["Node", code(row.node)],
  ];
  return [
    `**Blocked egress: ${code(row.pod)} to ${code(formatAddress(row.destinationIp, row.destinationPort))}**`,
    "",
    ...facts.filter(([, value]) => value !== "").map(([key, value]) => `- ${key}: ${value}`),
    "",
    plain([sentence, meaning].filter(Boolean).join(" ")),
    ...helps.map((help) => `- ${plain(help)}`),
    "",
    `Weir: <${link}>`,
  ].join("\n");
}

/** Names come from a log: as code they cannot become links, headings or HTML. */
function code(text: string): string {
  const shown = visibleText(text).replaceAll("`", "ˋ");
  return shown === "" ? "" : `\`${shown}\``;
}

function plain(text: string): string {
  return visibleText(text, 2000).replace(/[\\`*_[\]<>#|~]/g, (character) => `\\${character}`);
}

/** kubectl reads seconds; the second the flow fell in is early enough. */
function wholeSecond(time: string): string {
  return time.replace(/\.\d+Z$/, "Z");
}
