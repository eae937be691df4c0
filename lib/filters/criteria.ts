/**
 * Every criterion a clause may hold, one record each. A field added to Clause does not compile until it has its record here; everything
 * that lists criteria (schemas, chips, sentences, spellings) reads this table.
 */
import { destinationIp, sourceIp, sourceIpXlated } from "./criteria/addresses.ts";
import { policy, reason } from "./criteria/cause-dimensions.ts";
import { celExpression } from "./criteria/cel.ts";
import { cidr, group, ip, name, port } from "./criteria/destination-dimensions.ts";
import { destinationClusterName, destinationIdentity, sourceClusterName, sourceIdentity } from "./criteria/endpoints.ts";
import { dropReasonDesc, eventType, reply, trafficDirection, verdict } from "./criteria/events.ts";
import { encrypted, ipTraceId, ipVersion, traceId, uuid } from "./criteria/ids.ts";
import { dnsQuery, httpHeader, httpMethod, httpPath, httpStatusCode, httpUrl } from "./criteria/l7.ts";
import { destinationLabel, nodeLabels, sourceLabel } from "./criteria/labels.ts";
import { destinationFqdn, nodeName, sourceFqdn } from "./criteria/names.ts";
import { destinationPod, destinationService, sourcePod, sourceService } from "./criteria/pods.ts";
import { destinationPort, sourcePort } from "./criteria/ports.ts";
import { protocol } from "./criteria/protocol.ts";
import { cluster, namespace, node, pod, workload } from "./criteria/sender-dimensions.ts";
import { networkInterface, tcpFlags } from "./criteria/transport.ts";
import { destinationWorkload, sourceWorkload } from "./criteria/workloads.ts";
import type { Criterion, CriterionName } from "./criterion.ts";

/** In the order of `criterion-names.ts`. */
export const CRITERIA: { readonly [N in CriterionName]: Criterion<N> } = {
  pod,
  workload,
  namespace,
  cluster,
  group,
  cidr,
  ip,
  name,
  port,
  reason,
  policy,
  node,
  uuid,
  source_ip: sourceIp,
  source_ip_xlated: sourceIpXlated,
  source_pod: sourcePod,
  source_fqdn: sourceFqdn,
  source_label: sourceLabel,
  source_service: sourceService,
  source_workload: sourceWorkload,
  source_cluster_name: sourceClusterName,
  destination_ip: destinationIp,
  destination_pod: destinationPod,
  destination_fqdn: destinationFqdn,
  destination_label: destinationLabel,
  destination_service: destinationService,
  destination_workload: destinationWorkload,
  destination_cluster_name: destinationClusterName,
  traffic_direction: trafficDirection,
  verdict,
  drop_reason_desc: dropReasonDesc,
  interface: networkInterface,
  event_type: eventType,
  http_status_code: httpStatusCode,
  protocol,
  source_port: sourcePort,
  destination_port: destinationPort,
  reply,
  dns_query: dnsQuery,
  source_identity: sourceIdentity,
  destination_identity: destinationIdentity,
  http_method: httpMethod,
  http_path: httpPath,
  http_url: httpUrl,
  http_header: httpHeader,
  tcp_flags: tcpFlags,
  node_name: nodeName,
  node_labels: nodeLabels,
  ip_version: ipVersion,
  trace_id: traceId,
  ip_trace_id: ipTraceId,
  encrypted,
  cel_expression: celExpression,
};
