/** Blocked inside the cluster: kubelets of other nodes, the API server, a database of another team, a peer without authentication. */
import { AUTH_MISSING, NOT_ALLOWED, type Stop, synPackets } from "../attempt.ts";
import type { WorkloadName } from "../pods.ts";
import { HOUR, lengthOf, SECOND, type Stage, type Story, sourcePort, spread, triesFor } from "../story.ts";
import { apiServer, type DemoTarget, remoteNode, toPod } from "../targets.ts";

const KUBELET = 10_250;
const ROUND = 2 * HOUR;
const API_SERVER = apiServer("20.54.33.10");

/** Every two hours each backup-agent asks the next node's kubelet twice. */
export const kubelets: Story = function* (stage) {
  const { random, cluster } = stage;
  for (let round = HOUR; round < lengthOf(stage); round += ROUND) {
    for (const [index, from] of cluster.podsOf("backup-agent").entries()) {
      const node = cluster.nodes[(index + 1) % cluster.nodes.length];
      if (node === undefined) continue;
      for (const wait of [0, 20 * SECOND]) {
        const at = round + wait + random.between(0, 8 * SECOND);
        const to = remoteNode(node.ip);
        yield { at, from, to, protocol: "TCP", sourcePort: sourcePort(random), port: KUBELET, stop: NOT_ALLOWED, packets: synPackets(3) };
      }
    }
  }
};

export const insideTheCluster: Story = function* (stage) {
  const database = toPod(stage.cluster.podOf("ledger-db"));
  yield* calls(stage, "policy-reporter", API_SERVER, 443, NOT_ALLOWED, 0.003);
  yield* calls(stage, "landing-cms", database, 5432, NOT_ALLOWED, 0.004);
  yield* calls(stage, "token-broker", database, 5432, AUTH_MISSING, 0.003);
};

function* calls(stage: Stage, workload: WorkloadName, to: DemoTarget, port: number, stop: Stop, share: number) {
  const { random, cluster } = stage;
  const pods = cluster.podsOf(workload);
  for (const at of spread(random, triesFor(stage, share, 3, 2), 0, lengthOf(stage))) {
    const from = random.pick(pods);
    yield { at, from, to, protocol: "TCP" as const, sourcePort: sourcePort(random), port, stop, packets: synPackets(3) };
  }
}
