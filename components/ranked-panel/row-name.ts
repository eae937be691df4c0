/** How a group's value is written in a panel: what tells it apart in ink, the rest lighter. */
import type { Dimension } from "#lib/flows/dimension.ts";
import { addressNote, entityNote } from "#lib/format/address-note.ts";
import { portName } from "#lib/format/port-name.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { GroupRow } from "#lib/questions/answer.ts";

export interface RowName {
  readonly name: string;
  readonly detail: string;
  /** The whole value, for a tooltip. */
  readonly title: string;
}

const NOTHING: { readonly [D in Dimension]?: string } = {
  workload: "no workload",
  namespace: "no namespace",
  cluster: "no cluster",
  group: "no group",
  cidr: "no policy CIDR",
  name: "no DNS name",
  port: "no port",
};

export function rowName(row: GroupRow, dimension: Dimension): RowName {
  const value = row.key[0] ?? "";
  const title = visibleText(value);
  if (value === "") return { name: NOTHING[dimension] ?? "none", detail: (row.about.protocols ?? []).join(", "), title: "" };
  if (dimension === "port") return { name: title, detail: portDetail(value, row.about.protocols ?? []), title };
  if (dimension === "ip") {
    const note = addressNote(value);
    return {
      name: title,
      detail: note?.name ?? visibleText(row.about.names?.[0] ?? "", 80),
      title: note ? `${title}: ${note.detail}` : title,
    };
  }
  if (row.about.groupKind === "reserved")
    return { name: title, detail: "", title: `${title}: ${entityNote(value)?.detail ?? "Cilium's own name"}` };
  if (dimension !== "workload" && dimension !== "pod") return { name: title, detail: "", title };
  const slash = title.indexOf("/");
  return slash < 0 ? { name: title, detail: "", title } : { name: title.slice(slash + 1), detail: title.slice(0, slash), title };
}

/** The protocol is named only where it is not TCP alone. */
function portDetail(port: string, protocols: readonly string[]): string {
  const others = protocols.every((protocol) => protocol === "TCP") ? "" : protocols.join(", ");
  return [others, portName(Number(port), protocols[0] ?? "TCP")].filter(Boolean).join(" ");
}
