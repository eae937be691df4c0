/** `*_identity` and `*_cluster_name`: plain equality on an endpoint. */
import type { Endpoint } from "#lib/flows/flow.ts";
import { type Built, buildEach, type Criterion, carriedBy } from "../criterion.ts";
import { allOf, anyOf, type PartTest, testOn } from "../flow-part.ts";
import { textList, uint32List } from "../json-value.ts";
import { named } from "./say.ts";

export const sourceIdentity: Criterion<"source_identity"> = {
  name: "source_identity",
  origin: { kind: "cilium", since: "1.13" },
  schema: uint32List,
  label: "source identity",
  help: "The sender's security identity, a number; from 16777216 on it means something else on every node.",
  place: "sender",
  parts: ["source", "detail"],
  carriedBy: carriedBy(),
  build: (values) => ({ test: identityIn(values, onSource, HAS_SOURCE) }),
  valueText: String,
  phrase: named("source identity"),
};

export const destinationIdentity: Criterion<"destination_identity"> = {
  name: "destination_identity",
  origin: { kind: "cilium", since: "1.13" },
  schema: uint32List,
  label: "destination identity",
  help: "The destination's security identity, a number; from 16777216 on it means something else on every node.",
  place: "destination",
  parts: ["destination", "detail"],
  carriedBy: carriedBy(),
  build: (values) => ({ test: identityIn(values, onDestination, HAS_DESTINATION) }),
  valueText: String,
  phrase: named("identity"),
};

export const sourceClusterName: Criterion<"source_cluster_name"> = {
  name: "source_cluster_name",
  origin: { kind: "cilium", since: "1.17" },
  schema: textList,
  label: "source cluster",
  help: "The sender's cluster name, exactly.",
  place: "sender",
  parts: ["source"],
  carriedBy: carriedBy(),
  build: (values) => buildClusters(values, onSource),
  valueText: (value) => value,
  phrase: named("source cluster"),
};

export const destinationClusterName: Criterion<"destination_cluster_name"> = {
  name: "destination_cluster_name",
  origin: { kind: "cilium", since: "1.17" },
  schema: textList,
  label: "destination cluster",
  help: "The destination's cluster name, exactly.",
  place: "destination",
  parts: ["destination"],
  carriedBy: carriedBy(),
  build: (values) => buildClusters(values, onDestination),
  valueText: (value) => value,
  phrase: named("cluster"),
};

type OnEndpoint = (matches: (endpoint: Endpoint) => boolean) => PartTest;

const onSource: OnEndpoint = (matches) => testOn("source", matches);
const onDestination: OnEndpoint = (matches) => testOn("destination", matches);
const HAS_SOURCE = testOn("detail", ({ hasSource }) => hasSource);
const HAS_DESTINATION = testOn("detail", ({ hasDestination }) => hasDestination);

/** Identity 0 selects endpoints that are there without one; a flow that says nothing about its endpoint has none. */
function identityIn(values: readonly number[], on: OnEndpoint, isThere: PartTest): PartTest {
  const wanted = new Set(values);
  const has = on(({ identity }) => wanted.has(identity));
  if (!wanted.has(0)) return has;
  return anyOf(
    on(({ identity }) => identity !== 0 && wanted.has(identity)),
    allOf(
      on(({ identity }) => identity === 0),
      isThere,
    ),
  );
}

function buildClusters(values: readonly string[], on: OnEndpoint): Built {
  const each = buildEach(values, (value) => (value === "" ? { reason: "name must not be empty" } : { built: value }));
  if ("problem" in each) return each;
  const wanted = new Set(each.built);
  return { test: on(({ cluster }) => wanted.has(cluster)) };
}
