/** An app broken by a new policy: all replicas of cart-api lose their database the moment corp-legacy-deny lands. */
import { DENIED, synPackets } from "../attempt.ts";
import { ago, HOUR, MINUTE, type Story, sourcePort, spread, triesFor } from "../story.ts";
import { inGroups } from "../targets.ts";

export const BREAK_AGO = 2 * HOUR + 38 * MINUTE;
const PACKETS = 5;
const SHARE = 0.39;
const RAMP = 9 * MINUTE;

const DATABASES = [inGroups("10.60.12.7", ["corp-legacy"]), inGroups("10.60.12.8", ["corp-legacy"])] as const;

export const policyBreak: Story = function* (stage) {
  const { random, cluster } = stage;
  const start = ago(stage, BREAK_AGO);
  const pods = cluster.podsOf("cart-api");
  const ramp = (at: number): number => Math.min(1, 0.4 + (at - start) / RAMP);
  for (const [index, at] of spread(random, triesFor(stage, SHARE, PACKETS, 48), start, ago(stage, 0), ramp).entries()) {
    const from = pods[index % pods.length] ?? cluster.podOf("cart-api");
    const to = random.pick(DATABASES);
    yield { at, from, to, protocol: "TCP", sourcePort: sourcePort(random), port: 1433, stop: DENIED, packets: synPackets(PACKETS) };
  }
};
