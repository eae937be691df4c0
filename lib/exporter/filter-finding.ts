/** A filter that the agent's strict reader refuses, and with it the whole file. */

import { CRITERIA } from "#lib/filters/criteria.ts";
import { CRITERION_NAMES, isCriterion } from "#lib/filters/criterion-names.ts";
import { snakeCase } from "#lib/filters/json-value.ts";
import type { LocatedProblem } from "./agent-filters.ts";
import type { MendedFilter } from "./draft.ts";
import type { Finding, FindingPlace } from "./finding.ts";
import { nearName } from "./near-name.ts";

const AGENT_CRITERIA = CRITERION_NAMES.filter((name) => CRITERIA[name].origin.kind === "cilium");

export function filterFinding(problem: LocatedProblem, place: FindingPlace, mended: MendedFilter | undefined): Finding {
  const { kind, title, explanation } = wordsOf(problem);
  const isMended = mended !== undefined && mended.lost.length === 0 && mended.changes.length > 0;
  const own = (mended?.changes ?? []).filter((change) => problem.criterion === "" || change.startsWith(problem.criterion));
  const left = mended === undefined || mended.lost.length === 0 ? "" : ` Left out of the draft: ${mended.lost.join(", ")}.`;
  return {
    kind,
    severity: "rejects-file",
    place: { ...place, criterion: problem.criterion, value: problem.position },
    title,
    explanation: `${explanation} One such filter makes agents refuse the whole file.${left}`,
    ...(isMended && { fix: { label: own.length > 0 ? `Mend it: ${own.join(", ")}` : "Mend the filter", apply: (config) => config } }),
  };
}

function wordsOf({ criterion, reason }: LocatedProblem): Pick<Finding, "kind" | "title" | "explanation"> {
  const snake = snakeCase(criterion);
  const name = snake === "experimental" ? "cel_expression" : snake;
  if (reason.startsWith("duplicate field")) {
    return {
      kind: "field-twice",
      title: `${criterion} stands there in both spellings`,
      explanation: "snake_case and camelCase are one field.",
    };
  }
  if (reason.startsWith("unknown field")) {
    const record = isCriterion(name) ? CRITERIA[name] : undefined;
    if (record?.origin.kind === "cilium") {
      const title = `${criterion} is not known before ${record.origin.since}`;
      return { kind: "newer-field", title, explanation: "Agents of the target release take it for a misspelling." };
    }
    const near = nearName(criterion, AGENT_CRITERIA);
    const title =
      near === undefined ? `${criterion} is no field of a filter` : `${criterion} is no field of a filter: it should be ${near}`;
    return { kind: "unknown-field", title, explanation: "Fields of a filter are spelt exactly, in snake_case or camelCase." };
  }
  if (criterion === "") return { kind: "filter-is-no-map", title: "A filter is a map of fields", explanation: SHAPE };
  return { kind: "wrong-value", title: `${criterion}: ${plainReason(reason)}`, explanation: HINT };
}

/** What a schema says, in the words of the person who wrote the value. */
function plainReason(reason: string): string {
  const [, expected, received] = /^Invalid input: expected (\w+), received (\w+)/.exec(reason) ?? [];
  if (expected === "array") return "a list is expected, one value too";
  if (expected === "string")
    return `a text is expected, this is ${received === "boolean" ? "yes or no" : `a ${received ?? "value"}`}: put it in quotes`;
  return reason;
}

const SHAPE = "JSON in quotes is what the static exporter's allowList wants; here the same stands without quotes.";
const HINT =
  "Every field is a list. Texts that look like numbers or like yes and no need quotes, names of enums are upper case, and numbers of enums have none.";
