/** Everybody asks the cloud's own addresses: instance metadata and Azure's resolver, denied by recorded policies. */
import { deniedBy, synPackets } from "../attempt.ts";
import type { WorkloadName } from "../pods.ts";
import { byDay, lengthOf, type Story, sourcePort, spread, triesFor } from "../story.ts";
import { inGroups } from "../targets.ts";

const METADATA = inGroups("169.254.169.254", ["azure-imds"]);
const RESOLVER = inGroups("168.63.129.16", ["azure-internal-dns"]);
const NO_METADATA = deniedBy("azure-imds-deny");
const NO_RESOLVER = deniedBy("azure-dns-deny");
const PACKETS = 3;
const ASKERS: readonly (readonly [WorkloadName, number])[] = [
  ["otel-agent", 0.165],
  ["indexer", 0.018],
  ["cart-api", 0.012],
];
const RESOLVER_SHARE = 0.02;
/** A resolver asks again after five seconds. */
const DNS_PACKETS = [0, 5.005] as const;

export const metadata: Story = function* (stage) {
  const { random, cluster } = stage;
  for (const [workload, share] of ASKERS) {
    const pods = cluster.podsOf(workload);
    for (const at of spread(random, triesFor(stage, share, PACKETS * 2, 4), 0, lengthOf(stage))) {
      const from = random.pick(pods);
      yield {
        at,
        from,
        to: METADATA,
        protocol: "TCP",
        sourcePort: sourcePort(random),
        port: 80,
        stop: NO_METADATA,
        packets: synPackets(PACKETS),
      };
    }
  }
};

export const resolver: Story = function* (stage) {
  const { random, cluster } = stage;
  const pods = cluster.podsOf("kafka-connect");
  const tries = triesFor(stage, RESOLVER_SHARE, DNS_PACKETS.length * 2, 4);
  for (const at of spread(random, tries, 0, lengthOf(stage), byDay(stage))) {
    yield {
      at,
      from: random.pick(pods),
      to: RESOLVER,
      protocol: "UDP",
      sourcePort: sourcePort(random),
      port: 53,
      stop: NO_RESOLVER,
      packets: DNS_PACKETS,
    };
  }
};
