/** A retry storm: indexer hammers a package mirror that its policy forgot, twice that day, with every SYN retransmitted seven times. */
import { NOT_ALLOWED, synPackets } from "../attempt.ts";
import { ago, HOUR, lengthOf, MINUTE, type Story, sourcePort, spread, triesFor } from "../story.ts";
import { ofName } from "../targets.ts";

const SHARE = 0.11;
const PACKETS = 7;
const MIRRORS = Array.from({ length: 12 }, (_, i) => ofName(`104.16.3.${35 + i}`, "packages.example.net"));
const STORMS = [
  { middle: 15 * HOUR, width: 40 * MINUTE, strength: 1 },
  { middle: 9 * HOUR, width: 70 * MINUTE, strength: 0.5 },
] as const;

export const retryStorm: Story = function* (stage) {
  const { random, cluster } = stage;
  const pods = cluster.podsOf("indexer");
  const density = (at: number): number =>
    0.12 +
    STORMS.reduce((sum, storm) => sum + storm.strength * Math.exp(-(((at - ago(stage, storm.middle)) / storm.width) ** 2)), 0) * 0.85;
  for (const at of spread(random, triesFor(stage, SHARE, PACKETS, 6), 0, lengthOf(stage), density)) {
    const to = random.pick(MIRRORS);
    yield {
      at,
      from: random.pick(pods),
      to,
      protocol: "TCP",
      sourcePort: sourcePort(random),
      port: 443,
      stop: NOT_ALLOWED,
      packets: synPackets(PACKETS),
    };
  }
};
