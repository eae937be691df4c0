/** One fitting input for every criterion an exporter can have: a criterion without its input does not compile. */
import type { HttpHeaderValue, InterfaceValue, WorkloadValue } from "#lib/filters/filter.ts";
import { parseIp } from "#lib/filters/ip-address.ts";
import { DROP_REASONS } from "#lib/flows/drop-reasons.ts";
import { portName } from "#lib/format/port-name.ts";
import { podNote } from "../value-notes.ts";
import { choiceValues } from "./choice-values.tsx";
import { drawEventTypes } from "./event-type-values.tsx";
import type { CiliumName, CiliumValues, DrawInput } from "./input-props.ts";
import { identityNote, KNOWN_IDENTITIES, numberValues } from "./number-values.tsx";
import { recordValues } from "./record-values.tsx";
import {
  type Completion,
  STORED_FAR_LABELS,
  STORED_FAR_PODS,
  STORED_FAR_WORKLOADS,
  STORED_PODS,
  STORED_WORKLOADS,
  storedAs,
} from "./stored-values.ts";
import { drawTcpFlags } from "./tcp-flag-values.tsx";
import { textValues } from "./text-values.tsx";

const asText = (value: string): string => value;

const POD_RULE =
  "namespace/prefix, without wildcards: prod/api is every pod of prod that begins with api, prod/ is all of prod, /api any namespace (1.15), api alone is default/api.";
const pods = textValues({ placeholder: "namespace/prefix", rule: POD_RULE, note: podNote, completion: STORED_PODS, splits: true });
const farPods = textValues({ placeholder: "namespace/prefix", rule: POD_RULE, note: podNote, completion: STORED_FAR_PODS, splits: true });

const addresses = textValues({
  placeholder: "10.60.0.0/16 or 10.60.12.7",
  rule: "A prefix, or one address. IPv6 addresses are compared as text, so they are written the way agents do.",
  completion: storedAs("ip"),
  tidy: canonicalAddress,
  splits: true,
  isCode: true,
});
const destinations = textValues({
  placeholder: "10.60.0.0/16 or 10.60.12.7",
  rule: "A prefix, or one address. IPv6 addresses are compared as text, so they are written the way agents do.",
  completion: storedAs("cidr", "ip"),
  tidy: canonicalAddress,
  splits: true,
  isCode: true,
});

const LABEL_RULE =
  "app=api, app in (api, web), !app, reserved:world, cidr:10.0.0.0/8, cidrgroup:…. A comma means and; a second value means or.";
const labels = textValues({ placeholder: "app=api", rule: LABEL_RULE, isCode: true });
const destinationLabels = textValues({
  placeholder: "reserved:world",
  rule: LABEL_RULE,
  known: [
    "reserved:world",
    "reserved:world-ipv4",
    "reserved:world-ipv6",
    "reserved:kube-apiserver",
    "reserved:host",
    "reserved:remote-node",
  ],
  completion: STORED_FAR_LABELS,
  isCode: true,
});

const ports = textValues({
  placeholder: "443",
  rule: "One number each, no ranges; a range takes a CEL expression.",
  note: (value) => (/^\d{1,5}$/.test(value) ? portName(Number(value)) : ""),
  completion: storedAs("port"),
  splits: true,
});
const sourcePorts = textValues({ placeholder: "51822", rule: "One number each, no ranges.", splits: true });

const fqdns = textValues({
  placeholder: "*.example.com",
  rule: "Lower case; * stands for letters, digits, dots and dashes. Only flows with known DNS names match.",
  completion: storedAs("name"),
  tidy: (value) => value.toLowerCase(),
  splits: true,
});
const sourceFqdns = textValues({ placeholder: "*.example.com", tidy: (value) => value.toLowerCase(), splits: true });

const identities = numberValues({ placeholder: "2", note: identityNote, known: KNOWN_IDENTITIES });
const clusters = textValues({ placeholder: "cluster name", completion: storedAs("cluster"), splits: true });
const services = textValues({
  placeholder: "namespace/prefix",
  rule: `${POD_RULE} Drops name no service as a rule.`,
  note: podNote,
  splits: true,
});
const pattern = (placeholder: string, rule: string) => textValues({ placeholder, rule, isCode: true });

const workloads = (stored: Completion) =>
  recordValues<WorkloadValue>({
    one: "workload",
    empty: {},
    fields: [
      {
        name: "kind",
        placeholder: "any kind",
        known: ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"],
        read: ({ kind = "" }) => kind,
        write: ({ name }, kind) => ({ ...(name && { name }), ...(kind && { kind }) }),
      },
      {
        name: "name",
        placeholder: "any name",
        completion: stored,
        read: ({ name = "" }) => name,
        write: ({ kind }, name) => ({ ...(name && { name }), ...(kind && { kind }) }),
      },
    ],
  });
const interfaces = recordValues<InterfaceValue>({
  one: "interface",
  empty: {},
  fields: [
    {
      name: "name",
      placeholder: "any name",
      read: ({ name = "" }) => name,
      write: ({ index }, name) => ({ ...(index && { index }), ...(name && { name }) }),
    },
    {
      name: "index",
      placeholder: "any index",
      read: ({ index = 0 }) => (index === 0 ? "" : String(index)),
      write: ({ name }, text) =>
        /^\d{0,9}$/.test(text) ? { ...(Number(text) > 0 && { index: Number(text) }), ...(name && { name }) } : undefined,
    },
  ],
});
const headers = recordValues<HttpHeaderValue>({
  one: "header",
  empty: {},
  fields: [
    {
      name: "name",
      placeholder: "X-Request-Id",
      read: ({ key = "" }) => key,
      write: ({ value }, key) => ({ ...(key && { key }), ...(value && { value }) }),
    },
    {
      name: "value",
      placeholder: "exact value",
      read: ({ value = "" }) => value,
      write: ({ key }, value) => ({ ...(key && { key }), ...(value && { value }) }),
    },
  ],
});

const yesNo = (yes: string, no: string) =>
  choiceValues<boolean>({
    text: String,
    choices: [
      { value: true, words: yes },
      { value: false, words: no },
    ],
  });

const POLICY_CODES = new Set([181, 133, 189]);
const dropReasons = choiceValues<string>({
  text: asText,
  hasSearch: true,
  choices: DROP_REASONS.filter(({ name, code }) => name !== "" && code !== 0)
    .toSorted((a, b) => Number(POLICY_CODES.has(b.code)) - Number(POLICY_CODES.has(a.code)) || b.code - a.code)
    .map(({ code, name, meaning }) => ({
      value: name,
      words: `${name} ${code}`,
      note: meaning,
      group: POLICY_CODES.has(code) ? "Policy" : "Not policy",
    })),
});

const INPUTS: { readonly [N in CiliumName]: DrawInput<CiliumValues<N>> } = {
  uuid: textValues({ placeholder: "uuid", splits: true, isCode: true }),
  source_ip: addresses,
  source_ip_xlated: textValues({ placeholder: "10.0.0.0/8", tidy: canonicalAddress, splits: true, isCode: true }),
  source_pod: pods,
  source_fqdn: sourceFqdns,
  source_label: labels,
  source_service: services,
  source_workload: workloads(STORED_WORKLOADS),
  source_cluster_name: clusters,
  source_identity: identities,
  source_port: sourcePorts,
  destination_ip: destinations,
  destination_pod: farPods,
  destination_fqdn: fqdns,
  destination_label: destinationLabels,
  destination_service: services,
  destination_workload: workloads(STORED_FAR_WORKLOADS),
  destination_cluster_name: textValues({ placeholder: "cluster name", splits: true }),
  destination_identity: identities,
  destination_port: ports,
  traffic_direction: choiceValues<string>({
    text: asText,
    choices: [
      { value: "EGRESS", words: "egress", note: "leaving a pod" },
      { value: "INGRESS", words: "ingress", note: "arriving at a pod" },
      { value: "TRAFFIC_DIRECTION_UNKNOWN", words: "unknown", note: "drops in host programs" },
    ],
  }),
  verdict: choiceValues<string>({
    text: asText,
    choices: [
      { value: "DROPPED", words: "dropped", note: "blocked" },
      { value: "AUDIT", words: "audit", note: "would be dropped, in audit mode" },
      { value: "FORWARDED", words: "forwarded", note: "let through: very many" },
      { value: "ERROR", words: "error" },
      { value: "REDIRECTED", words: "redirected", note: "sent to the proxy" },
      { value: "TRACED", words: "traced" },
      { value: "TRANSLATED", words: "translated" },
      { value: "VERDICT_UNKNOWN", words: "unknown" },
    ],
  }),
  drop_reason_desc: dropReasons,
  interface: interfaces,
  event_type: drawEventTypes,
  http_status_code: textValues({
    placeholder: "403 or 4+",
    rule: "Three digits, or a beginning with a plus: 4+ is 400 to 499.",
    splits: true,
  }),
  protocol: choiceValues<string>({
    text: asText,
    same: (a, b) => a.toLowerCase() === b.toLowerCase(),
    choices: [
      ...["tcp", "udp", "sctp"].map((value) => ({ value, words: value.toUpperCase(), group: "Transport" })),
      { value: "icmp", words: "ICMP", note: "either version", group: "Transport" },
      { value: "icmpv4", words: "ICMPv4", group: "Transport" },
      { value: "icmpv6", words: "ICMPv6", group: "Transport" },
      { value: "vrrp", words: "VRRP", note: "from 1.19", group: "Transport" },
      { value: "igmp", words: "IGMP", note: "from 1.19", group: "Transport" },
      ...["dns", "http", "kafka"].map((value) => ({ value, words: value.toUpperCase(), group: "L7, as the proxy saw it" })),
    ],
  }),
  reply: yesNo("replies", "requests, and drops that say neither"),
  dns_query: pattern("example\\.com\\.$", "A regular expression (RE2), found anywhere in the queried name, which ends in a dot."),
  http_method: textValues({ placeholder: "GET", known: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], splits: true }),
  http_path: pattern("^/api/", "A regular expression (RE2), found anywhere in the path."),
  http_url: pattern("^http://api\\.", "A regular expression (RE2), found anywhere in the URL."),
  http_header: headers,
  tcp_flags: drawTcpFlags,
  node_name: textValues({
    placeholder: "cluster/node-*",
    rule: "[cluster/]node in full; * stands for letters, digits, dots and dashes; cluster/ alone is every node of it.",
    completion: storedAs("node"),
    splits: true,
  }),
  node_labels: textValues({ placeholder: "topology.kubernetes.io/zone=1", rule: LABEL_RULE, isCode: true }),
  ip_version: choiceValues<string>({
    text: asText,
    choices: [
      { value: "IPv4", words: "IPv4" },
      { value: "IPv6", words: "IPv6" },
      { value: "IP_NOT_USED", words: "none" },
    ],
  }),
  trace_id: textValues({ placeholder: "W3C trace id", splits: true, isCode: true }),
  ip_trace_id: textValues({ placeholder: "number", splits: true, isCode: true }),
  encrypted: yesNo("encrypted", "not encrypted"),
  cel_expression: pattern(
    "_flow.l4.TCP.destination_port > 1024u",
    "One expression each; any that is true lets the flow match. Experimental in Cilium.",
  ),
};

export function inputOf<N extends CiliumName>(name: N): DrawInput<CiliumValues<N>> {
  return INPUTS[name];
}

export function isCiliumName(name: string): name is CiliumName {
  return Object.hasOwn(INPUTS, name);
}

/** In the order of the table. */
export function ciliumNames(): readonly CiliumName[] {
  return Object.keys(INPUTS).filter(isCiliumName);
}

/** IPv6 as Go's netip prints it; anything else as typed. */
function canonicalAddress(value: string): string {
  if (!value.includes(":") || value.includes("/")) return value;
  return canonicalIpv6(value) ?? value;
}

function canonicalIpv6(value: string): string | undefined {
  if (parseIp(value) === undefined || value.includes(".") || value.includes("%")) return undefined;
  try {
    return new URL(`http://[${value}]/`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
}
