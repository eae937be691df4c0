/** The corporate network: kafka-connect knocks at brokers that stand in two overlapping CIDR groups, edi-gateway at a blocked partner. */
import { DENIED, synPackets } from "../attempt.ts";
import { byDay, lengthOf, type Story, sourcePort, spread, triesFor } from "../story.ts";
import { inGroups } from "../targets.ts";

const BROKERS = ["10.60.40.21", "10.60.40.22", "10.60.40.23"].map((ip) => inGroups(ip, ["corp-legacy", "corp-wide"]));
const BLOCKED = ["217.160.0.92", "217.160.223.1", "217.160.0.187"].map((ip) => inGroups(ip, ["egress-traffic-blocking"]));
const BROKER_SHARE = 0.1;
const EDI_SHARE = 0.03;
const CART_SHARE = 0.006;

export const overlap: Story = function* (stage) {
  const { random, cluster } = stage;
  const pods = cluster.podsOf("kafka-connect");
  for (const at of spread(random, triesFor(stage, BROKER_SHARE, 5, 3), 0, lengthOf(stage), byDay(stage))) {
    const to = random.pick(BROKERS);
    yield {
      at,
      from: random.pick(pods),
      to,
      protocol: "TCP",
      sourcePort: sourcePort(random),
      port: 9092,
      stop: DENIED,
      packets: synPackets(5),
    };
  }
};

export const blockedPartner: Story = function* (stage) {
  const { random, cluster } = stage;
  for (const [workload, share] of [
    ["edi-gateway", EDI_SHARE],
    ["cart-api", CART_SHARE],
  ] as const) {
    const pods = cluster.podsOf(workload);
    for (const at of spread(random, triesFor(stage, share, 3, 2), 0, lengthOf(stage), byDay(stage))) {
      const to = random.pick(BLOCKED);
      yield {
        at,
        from: random.pick(pods),
        to,
        protocol: "TCP",
        sourcePort: sourcePort(random),
        port: 443,
        stop: DENIED,
        packets: synPackets(3),
      };
    }
  }
};
