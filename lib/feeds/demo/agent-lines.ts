/** What the agents say about themselves between the flows: exporter configuration, policies, warnings, lost events. */
import type { DemoNode } from "./nodes.ts";
import { BREAK_AGO } from "./stories/policy-break.ts";
import { ago, HOUR, lengthOf, MINUTE, SECOND, type Stage } from "./story.ts";

/** A line that is no flow, at its moment in milliseconds after the start. */
export interface PlainLine {
  readonly at: number;
  readonly write: (time: string) => string;
}

const EXPORTER = "egress-traffic-blocking";
const CHATTER_SHARE = 0.01;
/** This agent cannot read its configuration until someone mends it. */
const CONFUSED_NODE = 20;
const CONFUSED_AGO = 4 * HOUR;
const CONFUSED_LASTS = 25 * MINUTE;
const RETRY = 60 * SECOND;
const LOSSES = [
  { ago: 19 * HOUR, lost: 96, source: "PERF_EVENT_RING_BUFFER" },
  { ago: 7 * HOUR + 20 * MINUTE, lost: 187, source: "PERF_EVENT_RING_BUFFER" },
  { ago: 7 * HOUR + 16 * MINUTE, lost: 64, source: "HUBBLE_RING_BUFFER" },
  { ago: 2 * HOUR + 30 * MINUTE, lost: 65, source: "OBSERVER_EVENTS_QUEUE" },
] as const;

export function* agentLines(stage: Stage): Iterable<PlainLine> {
  const { random, cluster } = stage;
  for (const node of cluster.nodes) {
    yield {
      at: random.between(0, 30 * SECOND),
      write: (time) => say(node, time, "info", "Configuring Hubble event exporter", configured(node)),
    };
    const imported = ago(stage, BREAK_AGO) - random.between(0, 2 * SECOND);
    yield {
      at: imported,
      write: (time) =>
        say(node, time, "info", "Imported CiliumClusterwideNetworkPolicy", "ciliumClusterwideNetworkPolicyName=corp-legacy-deny"),
    };
  }
  yield* chatter(stage);
  yield* confusion(stage);
  for (const [index, loss] of LOSSES.entries()) {
    const node = random.pick(cluster.nodes);
    const lost = `{"lost_events":{"source":"${loss.source}","num_events_lost":"${loss.lost}","cpu":${index}},"node_name":"${node.name}"`;
    yield { at: ago(stage, loss.ago), write: (time) => `${lost},"time":"${time}"}` };
  }
}

function* chatter(stage: Stage): Iterable<PlainLine> {
  const { random, cluster } = stage;
  for (let count = Math.round(stage.flows * CHATTER_SHARE); count > 0; count--) {
    const node = random.pick(cluster.nodes);
    const endpoint = 1 + random.below(4000);
    const kind = random.below(20);
    yield {
      at: random.between(MINUTE, lengthOf(stage)),
      write: (time) => {
        if (kind === 0)
          return say(
            node,
            time,
            "warning",
            "Unable to update ipcache map entry on pod add",
            `error="ipcache entry for podIP 100.64.0.${endpoint % 250} owned by kvstore or agent"`,
          );
        if (kind < 8) return say(node, time, "info", "Rewrote endpoint BPF program", `endpointID=${endpoint} containerInterface=eth0`);
        if (kind < 14)
          return say(node, time, "info", "Successful endpoint creation", `endpointID=${endpoint} datapathPolicyRevision=${endpoint % 90}`);
        return say(node, time, "info", "Policy imported via API, recalculating...", `policyRevision=${endpoint % 90}`);
      },
    };
  }
}

function* confusion(stage: Stage): Iterable<PlainLine> {
  const node = stage.cluster.nodes[CONFUSED_NODE];
  if (node === undefined) return;
  const error = `error="failed to parse config file: failed to unmarshal yaml config: proto: (line 1:2): unknown field \\"destination_cidr\\"" configFile=/flowlog-config/flowlogs.yaml`;
  for (let wait = 0; wait < CONFUSED_LASTS; wait += RETRY)
    yield {
      at: ago(stage, CONFUSED_AGO) + wait,
      write: (time) => say(node, time, "error", "Failed to parse dynamic exporter config", error),
    };
}

function configured(node: DemoNode): string {
  const options =
    node.agent === "1.17" ? '"{0x3c55a00 0x3c561c0 [] [] map[] [] [0x3b817c0] []}"' : '"{allowList:[{...}] denyList:[] fieldMask:[]}"';
  return `flowLogName=${EXPORTER} options=${options}`;
}

/** Up to 1.17 agents write logrus text, from 1.18 on slog text: the time unquoted and a module instead of a subsystem. */
function say(node: DemoNode, time: string, level: string, message: string, fields: string): string {
  if (node.agent === "1.17") return `time="${time}" level=${level} msg="${message}" ${fields} subsys=${subsystemOf(message)}`;
  return `time=${time} level=${level === "warning" ? "warn" : level} msg="${message}" module=agent.controlplane.${subsystemOf(message)} ${fields}`;
}

function subsystemOf(message: string): string {
  if (message.includes("xporter")) return "hubble";
  return message.includes("olicy") ? "policy" : "endpoint";
}
