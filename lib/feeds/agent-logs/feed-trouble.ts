/** What is wrong with the feed as a whole, in one sentence that says what helps. */
import type { AgentStatus } from "./agent-status.ts";
import type { WatchTrouble } from "./pod-watch.ts";

interface Asked {
  readonly namespace: string;
  readonly selector: string;
}

/** Empty = nothing. */
export function feedTrouble(statuses: readonly AgentStatus[], watch: WatchTrouble | undefined, asked: Asked): string {
  if (watch?.what === "list" && watch.status === 403) return missingRight("list pods", asked, watch.reason);
  if (watch?.status === 401) return `The cluster does not accept these credentials: ${watch.reason}.`;
  if (watch?.what === "list") return `The agents cannot be listed: ${watch.reason}.`;
  const refused = statuses.filter((status) => status.refusedWith === 403);
  const [first] = refused;
  if (first !== undefined) return missingRight("get pods/log", asked, first.trouble);
  if (watch?.status === 403) return missingRight("watch pods", asked, "new agents are noticed only every 30 s");
  if (watch !== undefined) return `New agents are not noticed: ${watch.reason}.`;
  if (statuses.length === 0) return `No pod with a container cilium-agent matches ${asked.selector} in ${asked.namespace}.`;
  const retrying = statuses.filter(({ state }) => state === "retrying");
  const [one] = retrying;
  if (one === undefined) return "";
  return retrying.length === 1
    ? `${one.pod.name} cannot be followed: ${one.trouble}.`
    : `${retrying.length} of ${statuses.length} agents cannot be followed, ${one.pod.name} for one: ${one.trouble}.`;
}

function missingRight(right: string, { namespace }: Asked, reason: string): string {
  return `A right is missing; this must say yes: kubectl auth can-i ${right.replace("pods/log", "pods --subresource=log")} -n ${namespace} (${reason}).`;
}
