/** Refused by the L7 proxy: requests for raw images, and names that nobody may look up. */
import { byDay, lengthOf, type Story, sourcePort, spread, triesFor } from "../story.ts";
import { inWorld, ofName } from "../targets.ts";

const IMAGES = Array.from({ length: 4 }, (_, i) => ofName(`198.51.100.${24 + i}`, "images.cdn.example"));
const RESOLVER = inWorld("9.9.9.9");
const HTTP_SHARE = 0.008;
const DNS_SHARE = 0.0006;
const NAMES = ["updates.tracker.example.", "pool.coin.example.", "paste.example."] as const;

export const refusedRequests: Story = function* (stage) {
  const { random, cluster } = stage;
  const pods = cluster.podsOf("image-resizer");
  for (const at of spread(random, triesFor(stage, HTTP_SHARE, 1, 4), 0, lengthOf(stage), byDay(stage))) {
    const stop = { is: "http", method: "GET", url: `http://images.cdn.example/raw/${random.hex(8)}.tiff?w=1200&fit=<cover>` } as const;
    yield {
      at,
      from: random.pick(pods),
      to: random.pick(IMAGES),
      protocol: "TCP",
      sourcePort: sourcePort(random),
      port: 443,
      stop,
      packets: [0],
    };
  }
};

export const refusedNames: Story = function* (stage) {
  const { random, cluster } = stage;
  const pods = cluster.podsOf("runner-set-amd64");
  for (const at of spread(random, triesFor(stage, DNS_SHARE, 1, 3), 0, lengthOf(stage), byDay(stage))) {
    const stop = { is: "dns", query: random.pick(NAMES) } as const;
    yield { at, from: random.pick(pods), to: RESOLVER, protocol: "UDP", sourcePort: sourcePort(random), port: 53, stop, packets: [0] };
  }
};
