/**
 * Every criterion a clause may hold, one record each. A field added to Clause does not compile until it has its record here; everything
 * that lists criteria (schemas, chips, sentences, spellings) reads this table.
 */
import { destinationIp, sourceIp } from "./criteria/addresses.ts";
import { policy, reason } from "./criteria/cause-dimensions.ts";
import { cidr, group, ip, name, port } from "./criteria/destination-dimensions.ts";
import { destinationClusterName, destinationIdentity, sourceClusterName, sourceIdentity } from "./criteria/endpoints.ts";
import { dropReasonDesc, eventType, trafficDirection, verdict } from "./criteria/events.ts";
import { ipVersion, uuid } from "./criteria/ids.ts";
import { destinationLabel, sourceLabel } from "./criteria/labels.ts";
import { destinationFqdn, nodeName } from "./criteria/names.ts";
import { destinationPod, sourcePod } from "./criteria/pods.ts";
import { destinationPort, sourcePort } from "./criteria/ports.ts";
import { protocol } from "./criteria/protocol.ts";
import { cluster, namespace, node, pod, workload } from "./criteria/sender-dimensions.ts";
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
  source_pod: sourcePod,
  source_label: sourceLabel,
  source_workload: sourceWorkload,
  source_cluster_name: sourceClusterName,
  destination_ip: destinationIp,
  destination_pod: destinationPod,
  destination_fqdn: destinationFqdn,
  destination_label: destinationLabel,
  destination_workload: destinationWorkload,
  destination_cluster_name: destinationClusterName,
  traffic_direction: trafficDirection,
  verdict,
  drop_reason_desc: dropReasonDesc,
  event_type: eventType,
  protocol,
  source_port: sourcePort,
  destination_port: destinationPort,
  source_identity: sourceIdentity,
  destination_identity: destinationIdentity,
  node_name: nodeName,
  ip_version: ipVersion,
};
