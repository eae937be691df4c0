/** `destination_fqdn` and `node_name`: Cilium's patterns. */
import { buildEach, type CriterionRecord } from "../criterion.ts";
import { testOn } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { parseFqdnPattern, parseNodePattern } from "../name-pattern.ts";
import { either, named } from "./say.ts";

export const destinationFqdn: CriterionRecord<"destination_fqdn", "destination_names"> = {
  name: "destination_fqdn",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "destination FQDN",
  help: "Any DNS name known for the destination; * stands for letters, digits, dots and dashes.",
  place: "destination",
  part: "destination_names",
  build: (values) => {
    const each = buildEach(values, parseFqdnPattern);
    if ("problem" in each) return each;
    return { test: testOn("destination_names", (names) => names.some((name) => each.built.some((matches) => matches(name)))) };
  },
  valueText: (value) => value,
  phrase: either,
};

export const nodeName: CriterionRecord<"node_name", "node"> = {
  name: "node_name",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "node name",
  help: "[cluster/]node with * for letters, digits, dots and dashes; cluster/ alone is every node of it.",
  place: "where",
  part: "node",
  build: (values) => {
    const each = buildEach(values, parseNodePattern);
    if ("problem" in each) return each;
    return { test: testOn("node", (name) => each.built.some((matches) => matches(name))) };
  },
  valueText: (value) => value,
  phrase: named("node"),
};
