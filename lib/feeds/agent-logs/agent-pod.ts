/** A pod of the API → the agent in it: which node, which container, how often restarted, which Cilium. */
import { z } from "zod";

export const AGENT_CONTAINER = "cilium-agent";

export interface AgentPod {
  readonly uid: string;
  readonly name: string;
  readonly node: string;
  readonly restarts: number;
  /** Milliseconds since 1970, whole seconds, of the running instance; undefined = none runs. */
  readonly startedAt: number | undefined;
  /** "1.17.4", empty = the image does not tell. */
  readonly version: string;
  /** Why nothing runs ("CrashLoopBackOff"), empty = it runs. */
  readonly waiting: string;
}

const instance = z.object({ startedAt: z.string().optional(), reason: z.string().optional() });
const podSchema = z.object({
  metadata: z.object({ name: z.string(), uid: z.string() }),
  spec: z.object({ nodeName: z.string().optional(), containers: z.array(z.object({ name: z.string(), image: z.string().optional() })) }),
  status: z
    .object({
      phase: z.string().optional(),
      containerStatuses: z
        .array(
          z.object({
            name: z.string(),
            restartCount: z.number().optional(),
            image: z.string().optional(),
            state: z.object({ running: instance.optional(), waiting: instance.optional(), terminated: instance.optional() }).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

export type ReadPod =
  | { readonly is: "agent"; readonly pod: AgentPod }
  | { readonly is: "other"; readonly uid: string }
  | { readonly is: "none" };

/** `other` = a pod without an agent in it. */
export function readPod(value: unknown): ReadPod {
  const read = podSchema.safeParse(value);
  if (!read.success) return { is: "none" };
  const { metadata, spec, status } = read.data;
  const container = spec.containers.find(({ name }) => name === AGENT_CONTAINER);
  if (container === undefined) return { is: "other", uid: metadata.uid };
  const about = status?.containerStatuses?.find(({ name }) => name === AGENT_CONTAINER);
  const started = Date.parse(about?.state?.running?.startedAt ?? "");
  const pod: AgentPod = {
    uid: metadata.uid,
    name: metadata.name,
    node: spec.nodeName ?? "",
    restarts: about?.restartCount ?? 0,
    startedAt: Number.isNaN(started) ? undefined : started,
    version: versionOf(container.image ?? about?.image ?? ""),
    waiting:
      about?.state?.running === undefined ? (about?.state?.waiting?.reason ?? about?.state?.terminated?.reason ?? status?.phase ?? "") : "",
  };
  return { is: "agent", pod };
}

/** `quay.io/cilium/cilium:v1.17.4@sha256:…` → `1.17.4`. */
function versionOf(image: string): string {
  return /:v?(\d{1,3}\.\d{1,3}(?:\.\d{1,4})?[\w.+-]{0,40})(?:@|$)/.exec(image)?.[1] ?? "";
}
