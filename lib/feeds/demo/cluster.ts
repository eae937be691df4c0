/** The demo cluster as a whole: its nodes and who runs on them. */
import { createNodes, type DemoNode } from "./nodes.ts";
import { createPodMaker, type DemoPod, suffixOf, WORKLOADS, type WorkloadName, type WorkloadPlan } from "./pods.ts";
import type { Random } from "./random.ts";

export interface DemoCluster {
  readonly nodes: readonly DemoNode[];
  podsOf(workload: WorkloadName): readonly DemoPod[];
  /** The first pod of a workload. */
  podOf(workload: WorkloadName): DemoPod;
  /** A pod of one run of a cron job; its name carries the scheduled minute, as the controller writes it. */
  cronPod(plan: WorkloadPlan, scheduledMs: number): DemoPod;
}

const MS_PER_MINUTE = 60_000;

export function createCluster(random: Random): DemoCluster {
  const nodes = createNodes(random);
  const makePod = createPodMaker(random, nodes);
  const byWorkload = new Map<string, readonly DemoPod[]>();
  for (const plan of WORKLOADS) {
    const names = podNames(plan, random);
    byWorkload.set(
      plan.name,
      names.map((name) => makePod(plan, name)),
    );
  }
  const podsOf = (workload: WorkloadName): readonly DemoPod[] => byWorkload.get(workload) ?? [];
  return {
    nodes,
    podsOf,
    podOf: (workload) => {
      const [first] = podsOf(workload);
      if (first === undefined) throw new Error(`No pod of ${workload}`);
      return first;
    },
    cronPod: (plan, scheduledMs) => makePod(plan, `${plan.name}-${Math.floor(scheduledMs / MS_PER_MINUTE)}-${suffixOf(random, 5)}`),
  };
}

function podNames(plan: WorkloadPlan, random: Random): readonly string[] {
  const revision = random.hex(plan.pods > 6 ? 10 : 9);
  return Array.from({ length: plan.pods }, (_, index) => {
    if (plan.kind === "Pod") return plan.name;
    if (plan.kind === "StatefulSet") return `${plan.name}-${index}`;
    if (plan.kind === "DaemonSet") return `${plan.name}-${suffixOf(random, 5)}`;
    if (plan.kind === "Job") return `${plan.name}-${suffixOf(random, 5)}-runner-${suffixOf(random, 5)}`;
    return `${plan.name}-${revision}-${suffixOf(random, 5)}`;
  });
}
