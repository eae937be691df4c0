/** Something that looks like a port scan: one CI runner tries 254 addresses and 64 ports within minutes, one SYN each. */
import { NOT_ALLOWED } from "../attempt.ts";
import { ago, HOUR, MINUTE, type Story, sourcePort, triesFor } from "../story.ts";
import { inWorld } from "../targets.ts";

const SCAN_AGO = 7 * HOUR + 22 * MINUTE;
const SCAN_LASTS = 14 * MINUTE;
export const SCAN_ADDRESSES = 254;
export const SCAN_PORTS = [
  21, 22, 23, 25, 53, 80, 81, 88, 110, 111, 135, 139, 143, 161, 389, 443, 445, 465, 514, 515, 548, 554, 587, 631, 636, 873, 902, 990, 993,
  995, 1080, 1099, 1194, 1433, 1521, 1723, 1883, 2049, 2375, 2376, 2379, 3000, 3128, 3268, 3306, 3389, 4369, 5000, 5432, 5601, 5672, 5900,
  5985, 6379, 6443, 7001, 8000, 8080, 8443, 8888, 9090, 9200, 11211, 27017,
] as const;
const SHARE = 0.015;

export const portScan: Story = function* (stage) {
  const { random, cluster } = stage;
  const from = cluster.podOf("runner-set-amd64");
  const start = ago(stage, SCAN_AGO);
  const count = Math.min(SCAN_ADDRESSES * SCAN_PORTS.length, triesFor(stage, SHARE, 1, SCAN_ADDRESSES));
  for (let index = 0; index < count; index++) {
    // 254 and 64 share only the factor 2: stepping by both, with a shift each round, meets every address and every port soon.
    const to = inWorld(`203.0.113.${1 + (index % SCAN_ADDRESSES)}`);
    const port = SCAN_PORTS[(index + Math.floor(index / SCAN_ADDRESSES)) % SCAN_PORTS.length] ?? 80;
    const at = start + (SCAN_LASTS * (index + random.next())) / count;
    yield { at, from, to, protocol: "TCP", sourcePort: sourcePort(random), port, stop: NOT_ALLOWED, packets: [0] };
  }
};
