/** The nodes of the demo cluster, with everything of a line that only depends on the node, already written. */
import type { Random } from "./random.ts";

export const CLUSTER = "aks-azst-2";
const POOLS = ["nodepool1-25275757", "userpool-31880412"] as const;
const NODES = 24;
/** The last nodes already run the newer agent: a rolling upgrade in the middle of the day. */
const FIRST_UPGRADED = 18;

export interface DemoNode {
  /** `cluster/host`. */
  readonly name: string;
  readonly host: string;
  readonly ip: string;
  readonly mac: string;
  readonly index: number;
  readonly agent: "1.17" | "1.19";
  /** The agent tells the flow's `emitter` from 1.19 on; empty before. */
  readonly emitterJson: string;
  /** `"node_name":…,"node_labels":[…]`. */
  readonly json: string;
}

export function createNodes(random: Random): readonly DemoNode[] {
  return Array.from({ length: NODES }, (_, index) => {
    const pool = POOLS[index % POOLS.length] ?? POOLS[0];
    const host = `aks-${pool}-vmss${index.toString(36).padStart(6, "0")}`;
    const name = `${CLUSTER}/${host}`;
    const agent = index < FIRST_UPGRADED ? "1.17" : "1.19";
    return {
      name,
      host,
      ip: `10.224.0.${4 + index}`,
      mac: macOf(random),
      index,
      agent,
      emitterJson: agent === "1.17" ? "" : '"emitter":{"name":"Hubble","version":"1.19.4+g8cf09a33"},',
      json: `"node_name":"${name}","node_labels":${JSON.stringify(nodeLabels(host, pool.split("-")[0] ?? pool, 1 + (index % 3)))}`,
    };
  });
}

export function macOf(random: Random): string {
  return random.hex(12).replace(/(..)(?!$)/g, "$1:");
}

function nodeLabels(host: string, pool: string, zone: number): readonly string[] {
  return [
    `agentpool=${pool}`,
    "beta.kubernetes.io/arch=amd64",
    "beta.kubernetes.io/instance-type=Standard_D8ds_v5",
    "beta.kubernetes.io/os=linux",
    `kubernetes.azure.com/agentpool=${pool}`,
    `kubernetes.azure.com/cluster=MC_rg-${CLUSTER}_${CLUSTER}_northeurope`,
    "kubernetes.azure.com/mode=user",
    "kubernetes.azure.com/os-sku=Ubuntu",
    "kubernetes.io/arch=amd64",
    `kubernetes.io/hostname=${host}`,
    "kubernetes.io/os=linux",
    "node.kubernetes.io/instance-type=Standard_D8ds_v5",
    "topology.kubernetes.io/region=northeurope",
    `topology.kubernetes.io/zone=northeurope-${zone}`,
  ];
}
