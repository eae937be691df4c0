/** How each criterion is asked in KQL. Criteria are compiled before, so what an agent refuses never gets here. */
import { DIRECTION_NAMES, IP_VERSION_NAMES, VERDICT_NAMES } from "../criteria/enum-names.ts";
import { CRITERIA } from "../criteria.ts";
import type { CriterionName, ValuesOf } from "../criterion.ts";
import { addressIn } from "./address-kql.ts";
import { clusterIn, identityIn, namedIn, workloadIn } from "./endpoint-kql.ts";
import {
  dropReasonIn,
  encryptedIs,
  enumTexts,
  eventTypeIn,
  interfaceIn,
  portNumberIn,
  protocolIn,
  replyIs,
  tcpFlagsIn,
} from "./event-kql.ts";
import { anyOf, numberIn, textIn } from "./kql-tests.ts";
import { KqlRefusal, type KqlWriter } from "./kql-writer.ts";
import { found, headerIn, methodIn, statusIn } from "./l7-kql.ts";
import { selectedBy } from "./label-kql.ts";
import { namedLike, nodeLike } from "./name-kql.ts";

export const KQL_OF: { readonly [N in CriterionName]: (write: KqlWriter, values: ValuesOf<N>) => string } = {
  pod: (write, values) => textIn(write, "pod", values),
  workload: (write, values) => textIn(write, "workload", values),
  namespace: (write, values) => textIn(write, "source_namespace", values),
  cluster: (write, values) => textIn(write, "cluster", values),
  group: (write, values) => {
    const column = write.column("groups");
    return anyOf(
      values.map((value) =>
        value === "" ? `coalesce(array_length(${column}), 0) == 0` : `coalesce(set_has_element(${column}, ${write.text(value)}), false)`,
      ),
    );
  },
  cidr: (write, values) => textIn(write, "cidr", values),
  ip: (write, values) => addressIn(write, "destination_ip", values),
  name: (write, values) => {
    const first = `tostring(${write.column("destination_names")}[0])`;
    return anyOf(values.map((value) => (value === "" ? `isempty(${first})` : `${first} == ${write.text(value)}`)));
  },
  port: portIn,
  reason: (write, values) => textIn(write, "reason", values),
  policy: (write, values) => textIn(write, "policy", values),
  node: (write, values) => textIn(write, "node_name", values),
  uuid: (write, values) => textIn(write, "uuid", values),
  source_ip: (write, values) => addressIn(write, "source_ip", values),
  source_ip_xlated: (write, values) => addressIn(write, "source_ip_xlated", values),
  source_pod: (write, values) => namedIn(write, "source_namespace", "source_pod_name", values),
  source_fqdn: (write, values) => namedLike(write, "source_names", values),
  source_label: (write, values) => selectedBy(write, "source_labels", values),
  source_service: (write, values) => namedIn(write, "source_service_namespace", "source_service_name", values),
  source_workload: (write, values) => workloadIn(write, "source", values),
  source_cluster_name: (write, values) => clusterIn(write, "source", values),
  destination_ip: (write, values) => addressIn(write, "destination_ip", values),
  destination_pod: (write, values) => namedIn(write, "destination_namespace", "destination_pod_name", values),
  destination_fqdn: (write, values) => namedLike(write, "destination_names", values),
  destination_label: (write, values) => selectedBy(write, "destination_labels", values),
  destination_service: (write, values) => namedIn(write, "destination_service_namespace", "destination_service_name", values),
  destination_workload: (write, values) => workloadIn(write, "destination", values),
  destination_cluster_name: (write, values) => clusterIn(write, "destination", values),
  traffic_direction: (write, values) => textIn(write, "traffic_direction", enumTexts(values, DIRECTION_NAMES)),
  verdict: (write, values) => textIn(write, "verdict", enumTexts(values, VERDICT_NAMES)),
  drop_reason_desc: dropReasonIn,
  interface: interfaceIn,
  event_type: eventTypeIn,
  http_status_code: statusIn,
  protocol: protocolIn,
  source_port: (write, values) => portNumberIn(write, "source_port", values),
  destination_port: (write, values) => portNumberIn(write, "destination_port", values),
  reply: replyIs,
  dns_query: (write, values) => found(write, "dns", "dns_query", values),
  source_identity: (write, values) => identityIn(write, "source", values),
  destination_identity: (write, values) => identityIn(write, "destination", values),
  http_method: methodIn,
  http_path: () => never("http_path"),
  http_url: (write, values) => found(write, "http", "http_url", values),
  http_header: headerIn,
  tcp_flags: tcpFlagsIn,
  node_name: (write, values) => nodeLike(write, "node_name", values),
  node_labels: (write, values) => selectedBy(write, "node_labels", values),
  ip_version: (write, values) => textIn(write, "ip_version", enumTexts(values, IP_VERSION_NAMES)),
  trace_id: (write, values) => textIn(write, "trace_id", values),
  ip_trace_id: (write, values) =>
    textIn(
      write,
      "ip_trace_id",
      values.flatMap((value) => (value === "0" ? [value, ""] : [value])),
    ),
  encrypted: encryptedIs,
  cel_expression: () => never("cel_expression"),
};

/** The reason stands in the criterion's own record. */
function never(criterion: CriterionName): never {
  const { kql } = CRITERIA[criterion].carriedBy;
  throw new KqlRefusal(typeof kql === "object" ? kql.not : "KQL cannot say this.");
}

/** Weir's `port` compares the text of the number: flows without a port are asked for by the empty one, and `0443` is no port of any. */
function portIn(write: KqlWriter, values: readonly string[]): string {
  const numbers = values
    .filter((value) => value === "" || String(Number(value)) === value)
    .map((value) => (value === "" ? -1 : Number(value)));
  return numbers.length === 0 ? "false" : numberIn(write, "destination_port", numbers.filter(Number.isSafeInteger), -1);
}
