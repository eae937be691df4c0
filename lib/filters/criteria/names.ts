/** `source_fqdn`, `destination_fqdn`, `node_name`: Cilium's patterns. */
import { type Built, buildEach, type Criterion, carriedBy } from "../criterion.ts";
import { type PartTest, testOn } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { parseFqdnPattern, parseNodePattern } from "../name-pattern.ts";
import { rememberedByObject, rememberedByText } from "../remember.ts";
import { either, named } from "./say.ts";

export const sourceFqdn: Criterion<"source_fqdn"> = {
  name: "source_fqdn",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "source FQDN",
  help: "Any DNS name known for the sender; * stands for letters, digits, dots and dashes.",
  place: "sender",
  parts: ["source_names"],
  carriedBy: carriedBy(),
  build: (values) => buildNames(values, (matches) => testOn("source_names", matches)),
  valueText: (value) => value,
  phrase: (values) => `senders named ${either(values)}`,
};

export const destinationFqdn: Criterion<"destination_fqdn"> = {
  name: "destination_fqdn",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "destination FQDN",
  help: "Any DNS name known for the destination; * stands for letters, digits, dots and dashes.",
  place: "destination",
  parts: ["destination_names"],
  carriedBy: carriedBy(),
  build: (values) => buildNames(values, (matches) => testOn("destination_names", matches)),
  valueText: (value) => value,
  phrase: either,
};

export const nodeName: Criterion<"node_name"> = {
  name: "node_name",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "node name",
  help: "[cluster/]node with * for letters, digits, dots and dashes; cluster/ alone is every node of it.",
  place: "where",
  parts: ["node"],
  carriedBy: carriedBy(),
  build: (values) => {
    const each = buildEach(values, parseNodePattern);
    if ("problem" in each) return each;
    return {
      test: testOn(
        "node",
        rememberedByText((name) => name !== "" && each.built.some((matches) => matches(name))),
      ),
    };
  },
  valueText: (value) => value,
  phrase: named("node"),
};

function buildNames(values: readonly string[], on: (matches: (names: readonly string[]) => boolean) => PartTest): Built {
  const each = buildEach(values, parseFqdnPattern);
  if ("problem" in each) return each;
  const anyMatches = rememberedByObject((names: readonly string[]) => names.some((name) => each.built.some((matches) => matches(name))));
  return { test: on((names) => names.length > 0 && anyMatches(names)) };
}
