/** From an agent that is silent because of its exporter to the workshop, aimed at the agent's version and at what is wrong. */

import type { Hearing, SourceReport } from "#lib/questions/source-report.ts";
import { encodeQuery } from "#lib/url/encode-query.ts";
import { DEFAULT_TARGET, NO_WORKSHOP_CHOICE, packDocument, TARGETS, type Target, workshopEntries } from "#lib/url/workshop-params.ts";

export interface WorkshopLink {
  readonly href: string;
  readonly words: string;
}

const WORDS: { readonly [H in Hearing]?: string } = {
  "stdout-rotated": "Mend it in the exporter workshop",
  rejected: "Check the configuration in the exporter workshop",
  "no-exporter": "Make one in the exporter workshop",
  never: "Look at its filter in the exporter workshop",
  stopped: "Look at its filePath and end in the exporter workshop",
};

/** Undefined where the exporter's configuration is not what keeps flows away. */
export function workshopLink({
  hearing,
  version,
  exporter,
}: Pick<SourceReport, "hearing" | "version" | "exporter">): WorkshopLink | undefined {
  const words = WORDS[hearing];
  if (words === undefined) return undefined;
  const text = hearing === "stdout-rotated" ? rotatedStdout(exporter) : undefined;
  const choice = { ...NO_WORKSHOP_CHOICE, text, target: targetOf(version) };
  const query = encodeQuery([...workshopEntries(choice, packDocument({ text, pasted: undefined }))]);
  return { href: query === "" ? "/exporter" : `/exporter?${query}`, words };
}

/** The release that is aimed at, or the nearest one. */
function targetOf(version: string): Target {
  const [, minor] = /^1\.(\d{1,3})(?:\.|$)/.exec(version) ?? [];
  if (minor === undefined) return DEFAULT_TARGET;
  const known = TARGETS.filter((target) => Number(target.slice(2)) <= Number(minor));
  return known.at(-1) ?? TARGETS[0];
}

/** What Weir knows of the configuration: the name that the agent said, and where it writes. */
function rotatedStdout(exporter: SourceReport["exporter"]): string {
  const said = exporter.findLast(({ text }) => text.includes("Configuring Hubble event exporter"));
  const [, name = "blocked-egress"] = /\bflowLogName="?([A-Za-z0-9][\w.-]{0,60})/.exec(said?.text ?? "") ?? [];
  return `flowLogs:\n  - name: "${name}"\n    filePath: /dev/stdout\n`;
}
