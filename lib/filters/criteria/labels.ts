/** `source_label`, `destination_label`: Kubernetes label selectors over Cilium's labels. */
import { buildEach, type CriterionRecord } from "../criterion.ts";
import { testOn } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { parseLabelSelector } from "../label-selector.ts";
import { either } from "./say.ts";

const HELP = "a label selector: app=api, k8s:app in (api, web), !reserved:world, cidr:10.0.0.0/8; a comma means and.";

export const sourceLabel: CriterionRecord<"source_label", "source"> = {
  name: "source_label",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "source label",
  help: `The sender's labels by ${HELP}`,
  place: "sender",
  part: "source",
  build: (values) => buildLabels("source", values),
  valueText: (value) => value,
  phrase: (values) => `senders with label ${either(values)}`,
};

export const destinationLabel: CriterionRecord<"destination_label", "destination"> = {
  name: "destination_label",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "destination label",
  help: `The destination's labels by ${HELP}`,
  place: "destination",
  part: "destination",
  build: (values) => buildLabels("destination", values),
  valueText: (value) => value,
  phrase: (values) => `destinations with label ${either(values)}`,
};

function buildLabels<P extends "source" | "destination">(part: P, values: readonly string[]) {
  const each = buildEach(values, parseLabelSelector);
  if ("problem" in each) return each;
  return { test: testOn<P>(part, ({ labels }) => each.built.some((selects) => selects(labels))) };
}
