/** Allow-lists that miss something: names, a prefix, IPv6, the world; all default deny. */
import { NOT_ALLOWED, synPackets } from "../attempt.ts";
import type { WorkloadName } from "../pods.ts";
import { ago, byDay, HOUR, lengthOf, MINUTE, type Stage, type Story, sourcePort, spread, triesFor } from "../story.ts";
import { type DemoTarget, inCidr, inGroups, inWorld, ofName } from "../targets.ts";

interface Miss {
  readonly workload: WorkloadName;
  readonly targets: readonly DemoTarget[];
  readonly port: number;
  readonly share: number;
  readonly packets: number;
  /** Began so long before the end; absent = all day. */
  readonly since?: number;
}

const MISSES: readonly Miss[] = [
  {
    workload: "ledger-worker",
    targets: ["2001:db8:40::17", "2001:db8:40::18"].map((ip) => inGroups(ip, ["partner-edi"])),
    port: 8443,
    share: 0.045,
    packets: 5,
    since: 5 * HOUR + 10 * MINUTE,
  },
  {
    workload: "storefront",
    targets: Array.from({ length: 38 }, (_, i) => inWorld(`203.0.113.${60 + i}`)),
    port: 443,
    share: 0.03,
    packets: 4,
  },
  {
    workload: "storefront",
    targets: Array.from({ length: 6 }, (_, i) => inWorld(`192.0.2.${40 + i}`, ["api.segment.example", "edge.segment.example"])),
    port: 443,
    share: 0.016,
    packets: 4,
  },
  {
    workload: "token-broker",
    targets: Array.from({ length: 8 }, (_, i) => ofName(`20.190.159.${i}`, "login.microsoftonline.com")),
    port: 443,
    share: 0.008,
    packets: 4,
  },
  {
    workload: "image-resizer",
    targets: [inCidr("198.18.7.20", "198.18.0.0/20"), inCidr("2001:db8:77::5", "2001:db8:77::/48")],
    port: 8080,
    share: 0.004,
    packets: 3,
  },
];

export const allowLists: Story = function* (stage) {
  for (const miss of MISSES) yield* missed(stage, miss);
};

function* missed(stage: Stage, miss: Miss) {
  const { random, cluster } = stage;
  const pods = cluster.podsOf(miss.workload);
  const start = miss.since === undefined ? 0 : ago(stage, miss.since);
  for (const at of spread(random, triesFor(stage, miss.share, miss.packets, miss.targets.length), start, lengthOf(stage), byDay(stage))) {
    const to = random.pick(miss.targets);
    const packets = synPackets(miss.packets);
    yield {
      at,
      from: random.pick(pods),
      to,
      protocol: "TCP" as const,
      sourcePort: sourcePort(random),
      port: miss.port,
      stop: NOT_ALLOWED,
      packets,
    };
  }
}
