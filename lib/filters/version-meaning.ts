/** Where agents of older releases read the same value of a criterion in another way. */
import { type CiliumVersion, type CriterionName, isBefore } from "./criterion.ts";
import { parsePrefix } from "./ip-address.ts";

/** `refuses-file` and `refuses-entry`: the agent's own two kinds of error. `changes-meaning`: it takes it, and it lets other flows through. */
export type Effect = "refuses-file" | "refuses-entry" | "changes-meaning";

export interface ChangedMeaning {
  readonly effect: Effect;
  readonly reason: string;
  readonly since: CiliumVersion;
}

const LABELS: ReadonlySet<CriterionName> = new Set<CriterionName>(["source_label", "destination_label", "node_labels"]);
const ADDRESSES: ReadonlySet<CriterionName> = new Set<CriterionName>(["source_ip", "destination_ip", "source_ip_xlated"]);
/** A key with a source of its own; a selector may hold several. */
const KEY = /(?:^|,)\s*!?\s*([^\s,=!()<>]+)/g;

/** A value that the newest agent refuses and this one takes. */
export function toleratedBy(name: CriterionName, value: unknown, version: CiliumVersion): boolean {
  if (typeof value !== "string") return false;
  if (LABELS.has(name) && isBefore(version, "1.16")) return value.trim() === "" || hasLongBareKeyOnly(value);
  if (ADDRESSES.has(name) && isBefore(version, "1.17")) return hasPaddedLength(value);
  return false;
}

/** What an agent of this release makes of a value that is right for the newest. */
export function changedMeaning(name: CriterionName, value: unknown, version: CiliumVersion): readonly ChangedMeaning[] {
  if (typeof value !== "string") return [];
  if (LABELS.has(name) && isBefore(version, "1.16")) return labelChanges(value);
  if (ADDRESSES.has(name) && isBefore(version, "1.17")) return addressChanges(value);
  if (name === "cel_expression" && isBefore(version, "1.17") && /\.file\b|_by\b[\s\S]*\.kind\b/.test(value)) {
    return [{ effect: "refuses-entry", reason: "flows have neither file nor the kind of a policy before 1.17", since: "1.17" }];
  }
  return [];
}

function labelChanges(selector: string): readonly ChangedMeaning[] {
  const keys = [...selector.matchAll(KEY)].map(([, key = ""]) => key);
  const changed: ChangedMeaning[] = [];
  if (keys.some((key) => !key.includes(":") && key.includes("."))) {
    const reason = "1.15 takes what stands before the first dot of a bare key for the label's source";
    changed.push({ effect: "changes-meaning", reason, since: "1.16" });
  }
  if (keys.some((key) => key.startsWith("cidr:"))) {
    const reason = "1.15 selects the very same cidr label only, not the prefixes inside it";
    changed.push({ effect: "changes-meaning", reason, since: "1.16" });
  }
  return changed;
}

function addressChanges(value: string): readonly ChangedMeaning[] {
  if (!value.includes("/")) {
    if (!value.includes("%")) return [];
    return [{ effect: "refuses-entry", reason: `an address with a zone is no IP address before 1.17`, since: "1.17" }];
  }
  if (!coversMapped(value)) return [];
  const reason = "before 1.17 prefixes of IPv4 also meet addresses of IPv4 that are written as IPv6 (::ffff:10.0.0.1)";
  return [{ effect: "changes-meaning", reason, since: "1.17" }];
}

/** IPv4 prefixes, and prefixes of IPv6 on either side of `::ffff:0:0/96`. */
function coversMapped(value: string): boolean {
  if (parsePrefix(value) === undefined) return false;
  if (!value.includes(":")) return true;
  return /^(?:::|0:)/.test(value);
}

/** `10.0.0.0/08`. */
function hasPaddedLength(value: string): boolean {
  const [address = "", length = ""] = value.split("/");
  return /^0[0-9]+$/.test(length) && parsePrefix(`${address}/${Number(length)}`) !== undefined;
}

/** From 1.16 on the source, `any.` included, counts towards the 63 characters of a key without slash. */
function hasLongBareKeyOnly(selector: string): boolean {
  const keys = [...selector.matchAll(KEY)].map(([, key = ""]) => key);
  return keys.every((key) => /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/.test(key)) && keys.some((key) => key.length > 59);
}
