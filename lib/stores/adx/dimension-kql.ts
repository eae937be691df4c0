/** The value of a flow's dimension, as a KQL expression: the empty text where it has none. */
import { type Dimension, type Grouping, isLabelGrouping } from "#lib/flows/dimension.ts";
import { type QueryParameter, textParameter } from "./kusto-query.ts";

const EXPRESSIONS: { readonly [D in Dimension]: string } = {
  pod: "Pod",
  workload: "Workload",
  namespace: "SourceNamespace",
  cluster: "Cluster",
  group: "tostring(Groups[0])",
  cidr: "Cidr",
  ip: "DestinationIp",
  name: "tostring(DestinationNames[0])",
  port: 'iff(DestinationPort < 0, "", tostring(DestinationPort))',
  protocol: "Protocol",
  reason: "Reason",
  policy: "Policy",
  node: "Node",
};

export function dimensionKql(dimension: Dimension): string {
  return EXPRESSIONS[dimension];
}

/** A label key comes from the address bar: it is sent as a parameter, inside a pattern that quotes it. `index` keeps several apart. */
export function groupingKql(grouping: Grouping, index: number): { readonly text: string; readonly parameters: readonly QueryParameter[] } {
  if (!isLabelGrouping(grouping)) return { text: EXPRESSIONS[grouping], parameters: [] };
  const name = `_label${index}`;
  return {
    // a label's value as JSON writes it, read again
    text: `tostring(parse_json(strcat("\\"", extract(${name}, 1, tostring(SourceLabels)), "\\"")))`,
    parameters: [textParameter(name, labelPattern(grouping.slice("label:".length)))],
  };
}

/** Finds the first label with this key, with its source or without, in the JSON text of the labels; its group is the value. */
function labelPattern(key: string): string {
  const quoted = JSON.stringify(key)
    .slice(1, -1)
    .replace(/[\\^$.|?*+()[\]{}-]/g, "\\$&");
  return String.raw`[\[,]"(?:(?:[^"\\=:]|\\.)*:)?${quoted}(?:=((?:[^"\\]|\\.)*))?"`;
}
