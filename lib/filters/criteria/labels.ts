/** `source_label`, `destination_label`, `node_labels`: Kubernetes label selectors over Cilium's labels. */
import { type Built, buildEach, type Criterion, carriedBy } from "../criterion.ts";
import { type PartTest, testOn } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { parseLabelSelector, type Selector } from "../label-selector.ts";
import { rememberedByObject } from "../remember.ts";
import { either } from "./say.ts";

const HELP = "a label selector: app=api, k8s:app in (api, web), !reserved:world, cidr:10.0.0.0/8; a comma means and.";

export const sourceLabel: Criterion<"source_label"> = {
  name: "source_label",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "source label",
  help: `The sender's labels by ${HELP}`,
  place: "sender",
  parts: ["source"],
  carriedBy: carriedBy({ kql: "translated" }),
  build: (values) => buildLabels(values, (selects) => testOn("source", ({ labels }) => selects(labels))),
  valueText: (value) => value,
  phrase: (values) => `senders with label ${either(values)}`,
};

export const destinationLabel: Criterion<"destination_label"> = {
  name: "destination_label",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "destination label",
  help: `The destination's labels by ${HELP}`,
  place: "destination",
  parts: ["destination"],
  carriedBy: carriedBy({ kql: "translated" }),
  build: (values) => buildLabels(values, (selects) => testOn("destination", ({ labels }) => selects(labels))),
  valueText: (value) => value,
  phrase: (values) => `destinations with label ${either(values)}`,
};

export const nodeLabels: Criterion<"node_labels"> = {
  name: "node_labels",
  origin: { kind: "cilium", since: "1.16" },
  schema: textList,
  label: "node label",
  help: "The node's labels by a label selector: topology.kubernetes.io/zone in (a, b); without the prefix k8s:, which no node label has.",
  place: "where",
  parts: ["node_labels"],
  carriedBy: carriedBy({ kql: "translated" }),
  build: (values) => buildLabels(values, (selects) => testOn("node_labels", selects)),
  valueText: (value) => value,
  phrase: (values) => `nodes with label ${either(values)}`,
};

const NO_LABELS: readonly string[] = [];

/** An event that is no flow has no labels: negative selectors let it through. */
function buildLabels(values: readonly string[], on: (selects: Selector) => PartTest): Built {
  const each = buildEach(values, parseLabelSelector);
  if ("problem" in each) return each;
  const selects: Selector = (labels) => each.built.some((one) => one(labels));
  const passes = selects(NO_LABELS);
  return { test: on(rememberedByObject(selects)), passesNonFlow: () => passes };
}
