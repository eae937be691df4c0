/** `cel_expression`: CEL over the flow's whole message, inside `experimental` where agents read it. */
import { buildEach, type Criterion, carriedBy, isBefore, refused } from "../criterion.ts";
import { testOn } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { either } from "./say.ts";

const LINE_BY_LINE = { not: "A CEL expression asks for the whole flow, which no column holds." } as const;
const NOT_HERE = "CEL asks for the whole flow, which is not looked at here: it cannot be previewed exactly";
const NEWEST = "1.20";

/** A run that ends in an error ends the list: an expression after it is not asked (pkg/hubble/filters/cel_expression.go). */
export const celExpression: Criterion<"cel_expression"> = {
  name: "cel_expression",
  origin: { kind: "cilium", since: "1.16" },
  schema: textList,
  label: "CEL",
  help: "An expression over _flow that is true or false, such as _flow.l4.TCP.destination_port > 1023u.",
  place: "what",
  parts: ["line"],
  carriedBy: carriedBy({ store: LINE_BY_LINE, kql: LINE_BY_LINE }),
  build: (values, { compileCel, messageOf }) => {
    if (!compileCel) return refused(0, NOT_HERE, "unsupported");
    const each = buildEach(values, (value) => compileCel(value, NEWEST));
    if ("problem" in each) return each;
    if (!messageOf) return refused(0, NOT_HERE, "unsupported");
    const passes = (json: unknown): boolean => {
      for (const run of each.built) {
        const outcome = run(json);
        if (outcome !== false) return outcome === true;
      }
      return false;
    };
    return {
      test: testOn("line", (flow) => passes(messageOf(flow))),
      passesNonFlow: () => passes(undefined),
    };
  },
  agentRefuses: (value, version, { compileCel }) => {
    if (!compileCel || typeof value !== "string" || isBefore(version, "1.16")) return undefined;
    const compiled = compileCel(value, version);
    return "reason" in compiled && compiled.class === undefined ? { class: "build", reason: compiled.reason } : undefined;
  },
  valueText: (value) => value,
  phrase: (values) => `flows for which ${either(values)}`,
};
