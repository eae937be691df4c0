/** `source_workload`, `destination_workload`: name and kind, each exact, an empty one stands for any. */
import type { Endpoint } from "#lib/flows/flow.ts";
import { type Criterion, carriedBy } from "../criterion.ts";
import type { WorkloadValue } from "../filter.ts";
import { testOn } from "../flow-part.ts";
import { messageList, textField } from "../json-value.ts";
import { either } from "./say.ts";

const schema = messageList({ name: textField, kind: textField });

export const sourceWorkload: Criterion<"source_workload"> = {
  name: "source_workload",
  origin: { kind: "cilium", since: "1.13" },
  schema,
  label: "source workload",
  help: "A workload of the sender by name, kind or both, in any namespace; without either, any sender that has a workload.",
  place: "sender",
  parts: ["source"],
  carriedBy: carriedBy({ kql: "translated" }),
  build: (values) => ({ test: testOn("source", anyOf(values)) }),
  valueText,
  phrase: (values) => `workload ${either(values)}`,
};

export const destinationWorkload: Criterion<"destination_workload"> = {
  name: "destination_workload",
  origin: { kind: "cilium", since: "1.13" },
  schema,
  label: "destination workload",
  help: "A workload of the destination by name, kind or both, in any namespace; without either, any destination that has a workload.",
  place: "destination",
  parts: ["destination"],
  carriedBy: carriedBy({ kql: "translated" }),
  build: (values) => ({ test: testOn("destination", anyOf(values)) }),
  valueText,
  phrase: (values) => `workload ${either(values)}`,
};

function anyOf(values: readonly WorkloadValue[]): (endpoint: Endpoint) => boolean {
  return ({ workloads }) =>
    values.some(({ name = "", kind = "" }) =>
      workloads.some((one) => (name === "" || one.name === name) && (kind === "" || one.kind === kind)),
    );
}

function valueText({ name = "", kind = "" }: WorkloadValue): string {
  if (name === "" && kind === "") return "any";
  return kind === "" ? name : `${kind}/${name === "" ? "any" : name}`;
}
