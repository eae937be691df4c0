/** Criteria of Weir's that no field of FlowFilter says exactly, as one CEL expression over `_flow`. */
import type { Dimension } from "#lib/flows/dimension.ts";
import { cannotSay, type Spelled } from "./spelling.ts";

type CelDimension = Extract<Dimension, "pod" | "workload" | "cluster" | "cidr" | "name" | "node">;

const NAMESPACE = "_flow.source.namespace";
const inNamespace = (name: string): string => `(${NAMESPACE} == "" ? ${name} : ${NAMESPACE} + "/" + ${name})`;
const POD = `(_flow.source.pod_name == "" ? _flow.IP.source : ${inNamespace("_flow.source.pod_name")})`;
const FIRST_WORKLOAD = "_flow.source.workloads[0].name";
const WORKLOAD = `(size(_flow.source.workloads) > 0 && ${FIRST_WORKLOAD} != "" ? ${inNamespace(FIRST_WORKLOAD)} : ${POD})`;
const NAME = '(size(_flow.destination_names) > 0 ? _flow.destination_names[0] : "")';

const EXPRESSION: { readonly [D in CelDimension]: (values: readonly string[]) => Spelled<string> } = {
  pod: (values) => ({ spelled: `${POD} in ${celList(values)}` }),
  workload: (values) => ({ spelled: `${WORKLOAD} in ${celList(values)}` }),
  node: (values) => ({ spelled: `_flow.node_name in ${celList(values)}` }),
  name: (values) => ({ spelled: `${NAME} in ${celList(values)}` }),
  cluster: (values) => {
    if (values.some((value) => value === "" || value.includes("/")))
      return cannotSay("cluster", "Cilium cannot ask for senders without a cluster.");
    const own = `_flow.source.cluster_name in ${celList(values)}`;
    const byNode = values.map((value) => `_flow.node_name.startsWith(${JSON.stringify(`${value}/`)})`).join(" || ");
    return { spelled: `(${own} || _flow.source.cluster_name == "" && (${byNode}))` };
  },
  cidr: (values) => {
    if (values.includes("")) return cannotSay("cidr", "Cilium cannot ask for destinations without a policy CIDR.");
    return { spelled: `_flow.destination.labels.exists(l, l in ${celList(values.map(cidrLabel))})` };
  },
};

/** Empty where none of these criteria is set. */
export function celOf(criteria: { readonly [D in CelDimension]?: readonly string[] | undefined }): Spelled<string> {
  const terms: string[] = [];
  for (const name of ["pod", "workload", "cluster", "cidr", "name", "node"] as const) {
    const values = criteria[name] ?? [];
    if (values.length === 0) continue;
    if (!values.every((value) => value.isWellFormed())) return cannotSay(name, "The value holds half a character, which no CEL text can.");
    const term = EXPRESSION[name](values);
    if (term.refusal) return term;
    terms.push(term.spelled);
  }
  return { spelled: terms.join(" && ") };
}

/** JSON's escapes are a part of CEL's, so a JSON text is a CEL text. */
function celList(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

/** The other way from cidrOfLabel: `2001:db8::/32` → `cidr:2001-db8--0/32`. */
function cidrLabel(cidr: string): string {
  const [address = "", bits] = cidr.split("/");
  if (!address.includes(":")) return `cidr:${cidr}`;
  const padded = `${address.startsWith("::") ? "0" : ""}${address}${address.endsWith("::") ? "0" : ""}`.replaceAll(":", "-");
  return bits === undefined ? `cidr:${padded}` : `cidr:${padded}/${bits}`;
}
