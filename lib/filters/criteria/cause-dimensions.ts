/** Weir's criteria over why and by what: reason, policy. */
import { policyName } from "#lib/flows/dimension.ts";
import { REASONS } from "#lib/flows/reason.ts";
import { isReason, REASON_WORDS, reasonWord } from "#lib/flows/reason-words.ts";
import { type Criterion, carriedBy } from "../criterion.ts";
import { equalTo } from "./dimension-record.ts";
import { either, named, plainText } from "./say.ts";

export const reason = equalTo(
  "reason",
  {
    label: "reason",
    help: `Why it was blocked: ${REASONS.join(", ")}.`,
    place: "what",
    part: "event",
    inCilium: "drop_reason_desc and verdict",
    valueText: reasonWord,
    phrase: either,
  },
  (event) => event.reason,
);

const NOT_IN_CILIUM = { not: "No filter field of Cilium names a policy." } as const;

const policyRecord = equalTo(
  "policy",
  {
    label: "policy",
    help: "The policy that the agent recorded for the block, namespace/name or the name of a cluster-wide one.",
    place: "other",
    part: "denied_by",
    inCilium: "no filter field names a policy",
    phrase: named("policy"),
  },
  (policies) => policyName(policies[0]),
);

export const policy: Criterion<"policy"> = { ...policyRecord, carriedBy: carriedBy({ agent: NOT_IN_CILIUM, cli: NOT_IN_CILIUM }) };

/** "explicit denies or L7 refusals", from the words `reason` shows for its values. */
export function reasonsAsNoun(values: readonly string[]): string {
  return either(values.map((value) => (isReason(value) ? REASON_WORDS[value].many : `flows of reason ${plainText(value)}`)));
}
