/** Each grouping as small numbers: which column SQL groups by, which one a part has, and how their ids become values. */
import { cidrOf } from "#lib/flows/destination.ts";
import { type Dimension, type Grouping, isLabelGrouping, labelValue, policyName } from "#lib/flows/dimension.ts";
import { grown } from "./grow.ts";
import type { Lexicon } from "./lexicon.ts";
import type { PartColumn } from "./parts.ts";
import { createStringTable, type StringTable } from "./string-table.ts";

export type SqlColumn = "sender" | "place" | "event" | "policies" | "node" | "dport" | "pod" | "workload" | "namespace" | "grp" | "ip";

export interface DimensionView {
  readonly column: SqlColumn;
  /** Whether the column's number is the code itself, so that SQL can look for codes. */
  readonly direct: boolean;
  /** Code of the value, from the SQL column's number and from the part column's. */
  codeOfColumn(id: number): number;
  readonly partColumn: PartColumn;
  codeOfPart(id: number): number;
  textOf(code: number): string;
  /** The code of the empty text, -1 when it has none yet. */
  codeOfNone(): number;
}

export interface DimensionViews {
  viewOf(grouping: Grouping): DimensionView;
}

export function createDimensionViews(lexicon: Lexicon): DimensionViews {
  const { senders, places, endpoints, nodes, policies, events, addresses, pods, workloads, namespaces, groups } = lexicon;
  const made = new Map<Grouping, DimensionView>();

  /** Values told from the id of a dictionary entry. */
  const mapped = (column: SqlColumn & PartColumn, texts: StringTable, textFrom: (id: number) => string): DimensionView => {
    const codeOf = remember((id) => texts.idOf(textFrom(id)));
    return {
      column,
      direct: false,
      codeOfColumn: codeOf,
      partColumn: column,
      codeOfPart: codeOf,
      textOf: (code) => texts.texts[code] ?? "",
      codeOfNone: () => texts.find("") ?? -1,
    };
  };
  /** Values that sessions carry as a code of their own. */
  const coded = (column: SqlColumn, texts: StringTable, partColumn: PartColumn, codeOf: (id: number) => number): DimensionView => ({
    column,
    direct: true,
    codeOfColumn: (id) => id,
    partColumn,
    codeOfPart: remember(codeOf),
    textOf: (code) => texts.texts[code] ?? "",
    codeOfNone: () => texts.find("") ?? -1,
  });
  const ofSender = (textFrom: (sender: (typeof senders)[number]) => string): ((id: number) => string) => {
    return (id) => (senders[id] ? textFrom(senders[id]) : "");
  };
  const recordOf = (place: number) => endpoints[places[place]?.endpoint ?? -1]?.record;

  const make: { readonly [D in Dimension]: () => DimensionView } = {
    pod: () => coded("pod", pods, "sender", (id) => pods.idOf(senders[id]?.pod ?? "")),
    workload: () => coded("workload", workloads, "sender", (id) => workloads.idOf(senders[id]?.workload ?? "")),
    namespace: () => coded("namespace", namespaces, "sender", (id) => namespaces.idOf(senders[id]?.namespace ?? "")),
    cluster: () =>
      mapped(
        "sender",
        createStringTable(),
        ofSender((sender) => sender.cluster),
      ),
    group: () => coded("grp", groups, "place", (id) => groups.idOf(places[id]?.group ?? "")),
    cidr: () =>
      mapped("place", createStringTable(), (id) => {
        const record = recordOf(id);
        return record ? cidrOf(record) : "";
      }),
    ip: () => coded("ip", addresses, "place", (id) => places[id]?.ip ?? 0),
    name: () => mapped("place", createStringTable(), (id) => places[id]?.names[0] ?? ""),
    port: () => ({
      column: "dport",
      direct: true,
      codeOfColumn: (id) => id,
      partColumn: "dport",
      codeOfPart: (id) => id,
      textOf: (code) => (code < 0 ? "" : String(code)),
      codeOfNone: () => -1,
    }),
    protocol: () => mapped("event", createStringTable(), (id) => events[id]?.protocol ?? ""),
    reason: () => mapped("event", createStringTable(), (id) => events[id]?.reason ?? ""),
    policy: () => mapped("policies", createStringTable(), (id) => policyName(policies[id]?.deniedBy[0])),
    node: () => mapped("node", createStringTable(), (id) => nodes[id]?.name ?? ""),
  };

  return {
    viewOf: (grouping) => {
      const known = made.get(grouping);
      if (known) return known;
      const view = isLabelGrouping(grouping)
        ? mapped("sender", createStringTable(), (id) =>
            labelValue(endpoints[senders[id]?.endpoint ?? -1]?.record.labels ?? [], grouping.slice("label:".length)),
          )
        : make[grouping]();
      // Label keys come from outside, any number of them.
      if (made.size > 64) made.clear();
      made.set(grouping, view);
      return view;
    },
  };
}

/** Dictionary entries never change, so each is looked at once. */
export function remember(codeOf: (id: number) => number): (id: number) => number {
  let codes = new Int32Array(256);
  return (id) => {
    if (id >= codes.length) codes = grown(codes, id + 1, (length) => new Int32Array(length));
    const known = codes[id] ?? 0;
    if (known !== 0) return known - 1;
    const code = codeOf(id);
    codes[id] = code + 1;
    return code;
  };
}
