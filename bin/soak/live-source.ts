/** Where lines come from while a browser watches: agents of a cluster, or nodes behind a relay. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startKubernetesStandIn } from "../../e2e/kubernetes-stand-in/kubernetes-stand-in.ts";
import { startRelayStandIn } from "../../e2e/relay-stand-in/relay-stand-in.ts";
import { soakLine } from "./soak-lines.ts";

export interface LiveSource {
  /** Weir's options that follow it. */
  readonly args: readonly string[];
  /** The line of this number, now. */
  emit(number: number): void;
  close(): Promise<void>;
}

export async function startAgents(agents: number, folder: string): Promise<LiveSource> {
  const cluster = await startKubernetesStandIn({ pods: agents });
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, cluster.kubeconfig);
  return {
    args: ["--agent-logs", "--kubeconfig", kubeconfig],
    emit: (number) => {
      const pod = cluster.pods[number % cluster.pods.length];
      pod?.log.emit(soakLine(number, pod.node, Date.now()));
    },
    close: () => cluster.close(),
  };
}

export async function startRelay(nodes: number): Promise<LiveSource> {
  const relay = await startRelayStandIn({ nodes });
  return {
    args: ["--relay", relay.address, "--relay-insecure"],
    emit: (number) => {
      const node = relay.nodes[number % relay.nodes.length];
      if (node) relay.emit(node, soakLine(number, node.name.replace(/^.*\//, ""), Date.now()));
    },
    close: () => relay.close(),
  };
}
