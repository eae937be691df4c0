/** Weir's own criteria as Cilium's FlowFilter, where that is exact: plain fields first, CEL (1.16, experimental) for what fields cannot say. */
import type { Reason } from "#lib/flows/reason.ts";
import { celOf } from "./cilium-cel.ts";
import { labelsOfGroups } from "./cilium-labels.ts";
import { compileClause } from "./compile-filter.ts";
import { criteriaOf } from "./edit-filter.ts";
import type { CiliumClause, Clause, Filter } from "./filter.ts";
import { parseIp, parsePrefix } from "./ip-address.ts";
import { cannotSay, type Spelled } from "./spelling.ts";

/** A FlowFilter as an agent reads it, but for the place of `cel_expression`, which its JSON puts into `experimental`. */
export type FlowFilter = CiliumClause;

export interface CiliumFilter {
  readonly include: readonly FlowFilter[];
  readonly exclude: readonly FlowFilter[];
}

/** One clause may become several: reasons of different kinds are different FlowFilters, OR-ed. */
export function toCilium(filter: Filter): Spelled<CiliumFilter> {
  const include = spellList(filter.include);
  if (include.refusal) return include;
  if (filter.include.length > 0 && include.spelled.length === 0) {
    return cannotSay("", "No flow can match the include clauses, and an empty include list would let every flow through.");
  }
  const exclude = spellList(filter.exclude);
  return exclude.refusal ? exclude : { spelled: { include: include.spelled, exclude: exclude.spelled } };
}

function spellList(clauses: readonly Clause[]): Spelled<readonly FlowFilter[]> {
  const spelled: FlowFilter[] = [];
  for (const clause of clauses) {
    const one = spellClause(clause);
    if (one.refusal) return one;
    spelled.push(...one.spelled);
  }
  return { spelled };
}

function spellClause(clause: Clause): Spelled<readonly FlowFilter[]> {
  const built = compileClause(clause);
  if ("problem" in built && built.problem.class !== "unsupported") return cannotSay(built.criterion, built.problem.reason);
  const broken = criteriaOf(clause).find((one) => !isWhole(clause[one]));
  if (broken !== undefined) return cannotSay(broken, "The value holds half a character, which no JSON that an agent reads can.");
  const { pod, workload, namespace, cluster, group, cidr, ip, name, port, reason, policy, node, ...cilium } = clause;
  const fields: Partial<Record<"source_pod" | "destination_label" | "destination_ip" | "destination_port", readonly string[]>> = {};
  if (policy?.length) return cannotSay("policy", "No filter field of Cilium names a policy.");
  if (clause.protocol?.includes("")) return cannotSay("protocol", "Cilium's protocol filter has no value for 'none'.");
  if (namespace?.length) {
    if (cilium.source_pod?.length)
      return cannotSay("namespace", "Cilium says both namespace and pod with source_pod, and it is already used.");
    if (namespace.some((one) => one === "" || one.includes("/")))
      return cannotSay("namespace", "Cilium cannot ask for senders without a namespace.");
    fields.source_pod = namespace.map((one) => `${one}/`);
  }
  if (group?.length) {
    if (cilium.destination_label?.length) return cannotSay("group", "Cilium says groups with destination_label, and it is already used.");
    const labels = labelsOfGroups(group);
    if (labels.refusal) return labels;
    fields.destination_label = labels.spelled;
  }
  if (ip?.length) {
    if (cilium.destination_ip?.length) return cannotSay("ip", "destination_ip is already used.");
    if (!ip.every((one) => parseIp(one) ?? parsePrefix(one))) return cannotSay("ip", "Cilium compares addresses and prefixes only.");
    fields.destination_ip = ip;
  }
  if (port?.length) {
    if (cilium.destination_port?.length) return cannotSay("port", "destination_port is already used.");
    if (!port.every(isPort)) return cannotSay("port", "Cilium asks for port numbers only, not for flows without a port.");
    fields.destination_port = port;
  }
  const cel = celOf({ pod, workload, cluster, cidr, name, node });
  if (cel.refusal) return cel;
  const flat: FlowFilter = {
    ...cilium,
    ...fields,
    ...(cel.spelled !== "" && { cel_expression: withOwn(cel.spelled, cilium.cel_expression) }),
  };
  return reason?.length ? withReasons(flat, reason) : { spelled: [flat] };
}

function isWhole(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  return typeof value !== "object" || value === null || Object.values(value).every(isWhole);
}

/** Expressions of one list are OR-ed. One that fails ends its list, and what is false already cannot fail: so the order stays. */
function withOwn(term: string, own: readonly string[] = []): readonly string[] {
  return own.length === 0 ? [term] : own.map((expression) => `${term} && (${expression})`);
}

const DROP_REASONS: ReadonlyMap<Reason, string> = new Map([
  ["deny", "POLICY_DENY"],
  ["default", "POLICY_DENIED"],
  ["auth", "AUTH_REQUIRED"],
]);

/** Drops by policy share one field; L7 refusals and would-be drops are told by event type and verdict. */
function withReasons(clause: FlowFilter, reasons: readonly string[]): Spelled<readonly FlowFilter[]> {
  const taken = criteriaOf(clause).find((name) => name === "verdict" || name === "drop_reason_desc" || name === "event_type");
  if (taken !== undefined) return cannotSay("reason", `Cilium says reasons with ${taken}, and it is already used.`);
  const drops = [...DROP_REASONS].filter(([reason]) => reasons.includes(reason)).map(([, name]) => name);
  const spelled: FlowFilter[] = [];
  if (drops.length > 0) spelled.push({ ...clause, drop_reason_desc: drops });
  if (reasons.includes("l7")) spelled.push({ ...clause, verdict: ["DROPPED"], event_type: [{ type: 129 }] });
  if (reasons.includes("audit")) spelled.push({ ...clause, verdict: ["AUDIT"] });
  if (reasons.includes("other") || reasons.includes("none"))
    return cannotSay("reason", "Cilium has no filter for 'any reason but policy'.");
  return { spelled };
}

/** As the dimension writes it: `0443` is a number to Cilium and no value here, and 0 is Cilium's word for a port that the line leaves out. */
function isPort(text: string): boolean {
  return /^[1-9][0-9]{0,4}$/.test(text) && Number(text) < 65_536;
}
