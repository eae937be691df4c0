/** One line of words for what a line turned out to be, for golden files. */
import { primaryGroupOf } from "#lib/flows/destination.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { formatTime } from "#lib/flows/flow-time.ts";
import { podOf } from "#lib/flows/sender.ts";
import type { Decoded } from "./decoded.ts";

export function describeDecoded(decoded: Decoded): string {
  switch (decoded.is) {
    case "flow":
      return `flow ${describeFlow(decoded.flow)}`;
    case "notice": {
      const { kind, time, node, lost, lostAt } = decoded.notice;
      return ["notice", kind, timeText(time), node, lost > 0 ? `${lost} at ${lostAt}` : ""].filter(Boolean).join(" ");
    }
    case "agent":
      return ["agent", timeText(decoded.agent.time), decoded.agent.level, JSON.stringify(decoded.agent.message)].filter(Boolean).join(" ");
    case "reject":
      return `reject ${decoded.reject.reason}: ${decoded.reject.detail}`;
  }
}

function describeFlow(flow: Flow): string {
  const what = [
    flow.verdict,
    flow.reason,
    flow.dropReason || "-",
    flow.dropReasonName || "-",
    `type ${flow.eventType}/${flow.eventSubType}`,
  ];
  const from = `${podOf(flow)} ${flow.sourceIp}:${flow.sourcePort}`;
  const to = `${primaryGroupOf(flow.destination).name || "-"} ${flow.destinationIp}:${flow.destinationPort}`;
  const rest = [
    flow.direction,
    flow.protocol,
    `${flow.source.labels.length}+${flow.destination.labels.length} labels`,
    flow.node,
    flow.uuid || "no uuid",
  ];
  return `${formatTime(flow.time)} ${what.join(" ")}, ${from} > ${to}, ${rest.join(" ")}, ${[...new Set(flow.parts.shape.kinds)].join(" ")}`;
}

function timeText(time: bigint | undefined): string {
  return time === undefined ? "" : formatTime(time);
}
