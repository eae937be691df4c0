/** Drops that are no policy's doing, and an operator's shell trying things out. */
import { DENIED, NOT_ALLOWED, type Stop, synPackets } from "../attempt.ts";
import type { WorkloadName } from "../pods.ts";
import { ago, lengthOf, MINUTE, type Story, sourcePort, spread, triesFor } from "../story.ts";
import { inGroups, inWorld } from "../targets.ts";

const SHARE = 0.0015;
const UNLUCKY: readonly WorkloadName[] = ["otel-agent", "storefront", "indexer", "kafka-connect"];
const TARGET = inWorld("198.51.100.9");
const FAULTS: readonly Stop[] = [
  { is: "drop", code: 151, name: "STALE_OR_UNROUTABLE_IP" },
  { is: "drop", code: 169, name: "FIB_LOOKUP_FAILED" },
  { is: "drop", code: 140, name: "MISSED_TAIL_CALL" },
  { is: "drop", code: 203, name: "DROP_EP_NOT_READY" },
  // 206 has no name in the agent's enum yet, so it is written as a number.
  { is: "drop", code: 206, name: 206 },
];
const SHELL_AGO = 51 * MINUTE;
const SHELL_TRIES = 37;
const SHELL_TARGET = inGroups("217.160.0.92", ["egress-traffic-blocking"]);

const PING_PERIOD = 30_000;
const PINGED = inWorld("203.0.113.1");
const PINGED_6 = inWorld("2001:db8:ffff::1");

export const faults: Story = function* (stage) {
  const { random, cluster } = stage;
  for (const [index, at] of spread(random, triesFor(stage, SHARE, 1, FAULTS.length), 0, lengthOf(stage)).entries()) {
    const from = random.pick(cluster.podsOf(random.pick(UNLUCKY)));
    const stop = FAULTS[index % FAULTS.length] ?? NOT_ALLOWED;
    yield { at, from, to: TARGET, protocol: "TCP", sourcePort: sourcePort(random), port: 443, stop, packets: [0] };
  }
};

export const shell: Story = function* (stage) {
  const { random, cluster } = stage;
  const from = cluster.podOf("bash");
  for (const at of spread(random, SHELL_TRIES, ago(stage, SHELL_AGO), ago(stage, 0))) {
    const to = SHELL_TARGET;
    yield { at, from, to, protocol: "TCP", sourcePort: sourcePort(random), port: 443, stop: DENIED, packets: synPackets(5) };
  }
};

/** A prober that pings: no ports, so all its packets are one attempt. */
export const pings: Story = function* (stage) {
  const { random, cluster } = stage;
  const from = cluster.podOf("blackbox-exporter");
  for (let at = 0; at < lengthOf(stage); at += PING_PERIOD) {
    const moment = at + random.between(0, 20);
    yield { at: moment, from, to: PINGED, protocol: "ICMPv4", sourcePort: -1, port: -1, stop: NOT_ALLOWED, packets: [0] };
    if (at % (PING_PERIOD * 10) !== 0) continue;
    yield { at: moment + 1, from, to: PINGED_6, protocol: "ICMPv6", sourcePort: -1, port: -1, stop: NOT_ALLOWED, packets: [0] };
  }
};
