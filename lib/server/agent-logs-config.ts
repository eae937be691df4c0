/** The options of agent logs: what right values look like, and what they contradict. */
import { resolve } from "node:path";
import { z } from "zod";

/** Which agents' logs are followed. */
export interface AgentLogsConfig {
  /** Absolute; undefined = where kubectl looks. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly namespace: string;
  readonly selector: string;
  /** Seconds; undefined = everything there is. */
  readonly sinceSeconds: number | undefined;
  /** Seconds without a byte after which a log is opened again. */
  readonly silenceSeconds: number;
}

const HOUR_SECONDS = 3_600;
const EVERYTHING = Number.POSITIVE_INFINITY;
const SILENCE_SECONDS = 60;
const SILENCE_MOST = 1_800;
const SILENCE_WORDS = "a duration from 1s to 30m is right";

export const AGENT_LOGS_SCHEMA = {
  kubeconfig: z.string().min(1, "a path is right"),
  "kube-context": z.string().min(1, "a context's name is right"),
  "agent-namespace": z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "a namespace like kube-system is right"),
  "agent-selector": z.string().regex(/^[\w./()!=, -]{1,500}$/, "labels like k8s-app=cilium are right"),
  "agent-logs-since": z
    .string()
    .regex(/^(all|[1-9]\d{0,5}[smhd])$/, "a duration like 15m, 6h or 2d, or all, is right")
    .transform(secondsOf),
  "agent-logs-silence": z
    .string()
    .regex(/^[1-9]\d{0,3}[sm]$/, SILENCE_WORDS)
    .transform(secondsOf)
    .refine((seconds) => seconds <= SILENCE_MOST, SILENCE_WORDS),
} as const;

type AgentLogsChecked = { readonly [N in keyof typeof AGENT_LOGS_SCHEMA]: readonly z.infer<(typeof AGENT_LOGS_SCHEMA)[N]>[] };

/** `cwd`: relative paths start there. */
export function agentLogsSettings(checked: AgentLogsChecked, cwd: string): AgentLogsConfig {
  const kubeconfig = checked.kubeconfig.at(-1);
  const since = checked["agent-logs-since"].at(-1) ?? HOUR_SECONDS;
  return {
    kubeconfig: kubeconfig === undefined ? undefined : resolve(cwd, kubeconfig),
    context: checked["kube-context"].at(-1),
    namespace: checked["agent-namespace"].at(-1) ?? "kube-system",
    selector: checked["agent-selector"].at(-1) ?? "k8s-app=cilium",
    sinceSeconds: since === EVERYTHING ? undefined : since,
    silenceSeconds: checked["agent-logs-silence"].at(-1) ?? SILENCE_SECONDS,
  };
}

const NAMES = ["kubeconfig", "kube-context", "agent-namespace", "agent-selector", "agent-logs-since", "agent-logs-silence"] as const;

export function agentLogsProblems(checked: AgentLogsChecked, isFollowed: boolean): string[] {
  const unused = isFollowed ? [] : NAMES.filter((name) => checked[name].length > 0);
  return unused.length === 0 ? [] : [`${unused.map((name) => `--${name}`).join(", ")}: only together with --agent-logs`];
}

function secondsOf(text: string): number {
  const unit = { s: 1, m: 60, h: HOUR_SECONDS, d: 86_400 }[text.slice(-1)];
  return unit === undefined ? EVERYTHING : Number.parseInt(text, 10) * unit;
}
