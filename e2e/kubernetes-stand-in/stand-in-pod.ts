/** One agent pod of the stand-in cluster, as the API shows it. */
import { type ContainerLog, createContainerLog, type Instance } from "./container-log.ts";

export interface StandInPod {
  readonly name: string;
  readonly uid: string;
  readonly node: string;
  readonly log: ContainerLog;
  /** "CrashLoopBackOff" and the like; empty = it runs. */
  waiting: string;
  image: string;
  /** What the API still says of the container though it was restarted since; undefined = the truth. */
  told: Instance | undefined;
  readonly faults: PodFaults;
}

/** What goes wrong with this pod's log, whatever the others do. */
export interface PodFaults {
  /** Reading it is refused with 403. */
  isForbidden: boolean;
  /** Its kubelet answers with 500. */
  isBroken: boolean;
  /** Followers that were there before a rotation hear nothing more, on a connection that stays open. */
  isSilentAfterRotation: boolean;
}

export function createStandInPod(index: number, uid: string, now: () => number): StandInPod {
  return {
    name: `cilium-${index.toString(36).padStart(5, "0")}`,
    uid,
    node: `node-${index}`,
    log: createContainerLog(now),
    waiting: "",
    told: undefined,
    faults: { isForbidden: false, isBroken: false, isSilentAfterRotation: false },
    image: "quay.io/cilium/cilium:v1.17.4",
  };
}

/** The pod as JSON of the API. */
export function podObject(pod: StandInPod, namespace: string, version: number): object {
  const current = pod.told ?? pod.log.current;
  const startedAt = `${new Date(current.startedAt).toISOString().slice(0, 19)}Z`;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: pod.name,
      namespace,
      uid: pod.uid,
      resourceVersion: String(version),
      creationTimestamp: "2026-01-01T00:00:00Z",
      labels: { "k8s-app": "cilium" },
    },
    spec: { nodeName: pod.node, containers: [{ name: "cilium-agent", image: pod.image }] },
    status: {
      phase: "Running",
      podIP: "10.0.0.1",
      containerStatuses: [
        {
          name: "cilium-agent",
          image: pod.image,
          imageID: pod.image,
          containerID: `containerd://${pod.uid}-${current.restarts}`,
          ready: pod.waiting === "",
          restartCount: current.restarts,
          state: pod.waiting === "" ? { running: { startedAt } } : { waiting: { reason: pod.waiting } },
        },
      ],
    },
  };
}
