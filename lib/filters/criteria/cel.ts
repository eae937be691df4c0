/** `cel_expression`: CEL over the whole flow, inside `experimental` where agents read it. */
import { type Criterion, carriedBy, refused } from "../criterion.ts";
import { textList } from "../json-value.ts";
import { either } from "./say.ts";

const LINE_BY_LINE = { not: "A CEL expression asks for the whole flow, which no column holds." } as const;

export const celExpression: Criterion<"cel_expression"> = {
  name: "cel_expression",
  origin: { kind: "cilium", since: "1.16" },
  schema: textList,
  label: "CEL",
  help: "An expression over _flow that is true or false, such as _flow.l4.TCP.destination_port > 1023u.",
  place: "what",
  parts: ["line"],
  carriedBy: carriedBy({ store: LINE_BY_LINE, kql: LINE_BY_LINE }),
  build: () => refused(0, "CEL expressions cannot be previewed exactly", "unsupported"),
  valueText: (value) => value,
  phrase: (values) => `flows for which ${either(values)}`,
};
