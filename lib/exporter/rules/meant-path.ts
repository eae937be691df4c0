/** The path that a wrong one in a field mask was probably meant to be. */
import { FLOW_FIELDS, type FlowField } from "#lib/filters/flow-message.ts";
import { fieldAt } from "#lib/filters/mask-paths.ts";
import type { TargetVersion } from "../config.ts";
import { nearName } from "../near-name.ts";

/** Names that people use for what the protocol calls otherwise. */
const FORMER: ReadonlyMap<string, string> = new Map([
  ["destination.port", "l4"],
  ["source.port", "l4"],
  ["port", "l4"],
  ["destination_port", "l4"],
  ["source_port", "l4"],
  ["protocol", "l4"],
  ["l4.protocol", "l4"],
  ["source.pod", "source.pod_name"],
  ["destination.pod", "destination.pod_name"],
  ["source.ip", "IP"],
  ["destination.ip", "IP"],
  ["ip", "IP"],
  ["source_ip", "IP.source"],
  ["destination_ip", "IP.destination"],
  ["source.cluster", "source.cluster_name"],
  ["destination.cluster", "destination.cluster_name"],
  ["summary", "Summary"],
  ["type", "Type"],
  ["node", "node_name"],
  ["direction", "traffic_direction"],
  ["drop_reason_description", "drop_reason_desc"],
]);

export function meantPath(path: string, version: TargetVersion): string | undefined {
  const bare = path.trim().replace(/^\.|^flow\./, "");
  const candidates = [bare, FORMER.get(bare.toLowerCase()), nearPath(bare)];
  return candidates.find((candidate) => candidate !== undefined && candidate !== path && fieldAt(candidate, version) !== undefined);
}

/** Step by step the near name among the fields there. */
function nearPath(path: string): string | undefined {
  let fields: readonly FlowField[] | undefined = FLOW_FIELDS;
  const found: string[] = [];
  for (const step of path.split(".")) {
    const names: readonly string[] = (fields ?? []).map(({ name }) => name);
    const name: string | undefined = names.includes(step) ? step : nearName(step, names);
    if (name === undefined) return undefined;
    found.push(name);
    fields = fields?.find((field) => field.name === name)?.fields;
  }
  return found.join(".");
}
