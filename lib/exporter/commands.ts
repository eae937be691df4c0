/** The commands that apply a configuration and show that agents took it, as each Cilium version prints it. */
import { shellWord } from "#lib/filters/to-hubble-cli.ts";
import { isAtLeast, type TargetVersion } from "./config.ts";
import { CONFIG_MAP } from "./write-config.ts";

export interface Step {
  readonly title: string;
  /** Ready to paste into a POSIX shell. */
  readonly command: string;
  /** What to expect, in one sentence. */
  readonly expect: string;
}

/** In the order in which they are run. */
export function applySteps(version: TargetVersion): readonly Step[] {
  return [
    {
      title: "Apply",
      command: `kubectl apply -f ${CONFIG_MAP.name}.yaml`,
      expect: "Agents read the file within about a minute, without a restart. Only the first enabling of the dynamic exporter needs one.",
    },
    {
      title: "Confirm",
      command: agentLog("Configuring Hubble event exporter"),
      expect: `One line for each entry that is new or changed, on every node; unchanged entries print nothing: ${confirmation(version)}`,
    },
    {
      title: "Look for refusals",
      command: agentLog(refusalPattern(version)),
      expect: isAtLeast(version, "1.17")
        ? "Nothing. A refused file repeats its reason every five seconds, and the old exporters go on."
        : "Nothing. This version does not print the reason of a refusal: check the file here instead.",
    },
  ];
}

/** The line that an agent prints when it takes an entry; `…` stands for what differs from run to run. */
function confirmation(version: TargetVersion): string {
  return isAtLeast(version, "1.18")
    ? 'time=… level=info msg="Configuring Hubble event exporter" … flowLogName=NAME options=…'
    : 'time="…" level=info msg="Configuring Hubble event exporter" flowLogName=NAME options="{…}" subsys=hubble';
}

function refusalPattern(version: TargetVersion): string {
  if (isAtLeast(version, "1.18")) return "Failed to parse dynamic exporter config|Failed to apply flowlog";
  return "failed reading dynamic exporter config|Failed to apply flowlog";
}

function agentLog(pattern: string): string {
  return `kubectl -n ${CONFIG_MAP.namespace} logs -l k8s-app=cilium -c cilium-agent --prefix --since=5m --tail=-1 | grep -E ${shellWord(pattern)}`;
}
