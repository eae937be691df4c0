/** Would-be drops: storefront runs under a policy in audit mode. One line each, so they also bring the day to its exact size. */
import type { Attempt } from "../attempt.ts";
import { byDay, lengthOf, type Stage, sourcePort, spread } from "../story.ts";
import { inWorld } from "../targets.ts";

const TARGETS = Array.from({ length: 24 }, (_, i) => inWorld(`203.0.113.${70 + i}`));

export function* wouldBe(stage: Stage, count: number): Iterable<Attempt> {
  const { random, cluster } = stage;
  const pods = cluster.podsOf("storefront");
  for (const at of spread(random, count, 0, lengthOf(stage), byDay(stage))) {
    const from = random.pick(pods);
    yield {
      at,
      from,
      to: random.pick(TARGETS),
      protocol: "TCP",
      sourcePort: sourcePort(random),
      port: 443,
      stop: { is: "audit" },
      packets: [0],
    };
  }
}
