/** `*_identity` and `*_cluster_name`: plain equality on an endpoint. */
import type { Endpoint } from "#lib/flows/flow.ts";
import { buildEach, type CriterionRecord } from "../criterion.ts";
import { testOn } from "../flow-part.ts";
import { textList, uint32List } from "../json-value.ts";
import { named } from "./say.ts";

export const sourceIdentity: CriterionRecord<"source_identity", "source"> = {
  name: "source_identity",
  origin: { kind: "cilium", since: "1.13" },
  schema: uint32List,
  label: "source identity",
  help: "The sender's security identity, a number; from 16777216 on it means something else on every node.",
  place: "sender",
  part: "source",
  build: (values) => ({ test: testOn("source", identityIn(values)) }),
  valueText: String,
  phrase: named("source identity"),
};

export const destinationIdentity: CriterionRecord<"destination_identity", "destination"> = {
  name: "destination_identity",
  origin: { kind: "cilium", since: "1.13" },
  schema: uint32List,
  label: "destination identity",
  help: "The destination's security identity, a number; from 16777216 on it means something else on every node.",
  place: "destination",
  part: "destination",
  build: (values) => ({ test: testOn("destination", identityIn(values)) }),
  valueText: String,
  phrase: named("identity"),
};

export const sourceClusterName: CriterionRecord<"source_cluster_name", "source"> = {
  name: "source_cluster_name",
  origin: { kind: "cilium", since: "1.17" },
  schema: textList,
  label: "source cluster",
  help: "The sender's cluster name, exactly.",
  place: "sender",
  part: "source",
  build: (values) => buildClusters("source", values),
  valueText: (value) => value,
  phrase: named("source cluster"),
};

export const destinationClusterName: CriterionRecord<"destination_cluster_name", "destination"> = {
  name: "destination_cluster_name",
  origin: { kind: "cilium", since: "1.17" },
  schema: textList,
  label: "destination cluster",
  help: "The destination's cluster name, exactly.",
  place: "destination",
  part: "destination",
  build: (values) => buildClusters("destination", values),
  valueText: (value) => value,
  phrase: named("cluster"),
};

/** Identity 0 selects endpoints that are there without one; a flow that says nothing about its endpoint has none. */
function identityIn(values: readonly number[]): (endpoint: Endpoint) => boolean {
  const wanted = new Set(values);
  return (endpoint) => wanted.has(endpoint.identity) && (endpoint.identity !== 0 || isThere(endpoint));
}

function isThere(endpoint: Endpoint): boolean {
  return endpoint.id !== 0 || endpoint.namespace !== "" || endpoint.pod !== "" || endpoint.cluster !== "" || endpoint.labels.length > 0;
}

function buildClusters<P extends "source" | "destination">(part: P, values: readonly string[]) {
  const each = buildEach(values, (value) => (value === "" ? { reason: "name must not be empty" } : { built: value }));
  if ("problem" in each) return each;
  const wanted = new Set(each.built);
  return { test: testOn<P>(part, (endpoint: Endpoint) => wanted.has(endpoint.cluster)) };
}
