/** How a group is named in its row: what tells it apart in ink, what it is beside it in lighter words. */
import type { DestinationGroupKind } from "#lib/flows/destination.ts";
import { type Grouping, isLabelGrouping } from "#lib/flows/dimension.ts";
import { addressNote, entityNote } from "#lib/format/address-note.ts";
import { portName } from "#lib/format/port-name.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { GroupAbout } from "#lib/questions/answer.ts";
import { DIMENSION_WORDS } from "./dimension-words.ts";

export interface CellName {
  readonly name: string;
  /** The kind of thing, as a quiet word. */
  readonly tag: string;
  readonly detail: string;
  /** The whole value and what is to be said of it. */
  readonly title: string;
  readonly isAddress: boolean;
}

const KIND_WORDS: { readonly [K in DestinationGroupKind]: string } = {
  cidrgroup: "CIDR group",
  cidr: "CIDR",
  fqdn: "DNS name",
  workload: "workload",
  reserved: "entity",
  none: "",
};

/** `value` null = the flows have none. */
export function cellName(grouping: Grouping, value: string | null, about: GroupAbout): CellName {
  if (value === null || value === "") {
    const words = isLabelGrouping(grouping)
      ? `no label ${visibleText(grouping.slice("label:".length), 60)}`
      : DIMENSION_WORDS[grouping].none;
    return { name: words, tag: "", detail: grouping === "port" ? protocols(about) : "", title: "", isAddress: false };
  }
  const whole = visibleText(value);
  const plain = { name: whole, tag: "", detail: "", title: whole, isAddress: false };
  switch (grouping) {
    case "pod":
      return { ...plain, ...sender(whole, value, about.workload ?? "") };
    case "workload":
      return { ...plain, ...sender(whole, value, about.workloadKind ?? "") };
    case "group":
      return { ...plain, ...destinationGroup(value, about) };
    case "cidr":
      return { ...plain, isAddress: true };
    case "ip": {
      const note = addressNote(value);
      const names = about.names?.[0] ?? "";
      return { ...plain, isAddress: true, detail: note?.name ?? visibleText(names, 120), title: joined([whole, note?.detail ?? ""], ". ") };
    }
    case "port":
      return { ...plain, detail: joined([protocols(about), portName(Number(value), about.protocols?.[0] ?? "TCP")], " · ") };
    default:
      return plain;
  }
}

/** `cart-api  checkout · Deployment`; where the workload is named after the pod, it adds nothing. */
function sender(whole: string, value: string, beside: string): Pick<CellName, "name" | "detail"> {
  const slash = whole.indexOf("/");
  const last = visibleText(beside.slice(beside.lastIndexOf("/") + 1), 120);
  const namespace = slash < 0 ? "" : whole.slice(0, slash);
  const name = slash < 0 ? whole : whole.slice(slash + 1);
  return { name, detail: joined([namespace, beside === value || last === name ? "" : last], " · ") };
}

function destinationGroup(value: string, about: GroupAbout): Pick<CellName, "tag" | "detail" | "title"> {
  const note = about.groupKind === "reserved" ? entityNote(value) : undefined;
  // Everything outside the cluster is in the world; it tells nothing beside a name.
  const others = (about.alsoIn ?? []).filter((name) => name !== value && !/^world(?:-ipv[46])?$/.test(name));
  const also =
    others.length === 0
      ? ""
      : `also in ${others
          .slice(0, 3)
          .map((name) => visibleText(name, 60))
          .join(", ")}${others.length > 3 ? ` and ${others.length - 3} more` : ""}`;
  return {
    tag: KIND_WORDS[about.groupKind ?? "none"],
    detail: joined([note?.name ?? "", also], " · "),
    title: joined([visibleText(value), note?.detail ?? "", also], ". "),
  };
}

function protocols(about: GroupAbout): string {
  return (about.protocols ?? []).map((protocol) => visibleText(protocol, 20)).join(", ");
}

function joined(parts: readonly string[], separator: string): string {
  return parts.filter((part) => part !== "").join(separator);
}
