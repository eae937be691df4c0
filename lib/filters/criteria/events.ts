/** `event_type`, `verdict`, `traffic_direction`, `drop_reason_desc`: what kind of event it was. */
import type { CriterionRecord } from "../criterion.ts";
import type { EventTypeValue } from "../filter.ts";
import { testOn } from "../flow-part.ts";
import { boolField, enumList, int32Field, messageList } from "../json-value.ts";
import { DIRECTION_NAMES, DROP_REASON_NAMES, VERDICT_NAMES } from "./enum-names.ts";
import { either } from "./say.ts";

const EVENT_TYPES: ReadonlyMap<number, string> = new Map([
  [1, "drop"],
  [4, "trace"],
  [5, "policy-verdict"],
  [129, "l7"],
  [130, "agent"],
]);

/** A sub type counts only with `match_sub_type`: 0 is a legal sub type (pkg/hubble/filters/event_type.go). */
export const eventType: CriterionRecord<"event_type", "event"> = {
  name: "event_type",
  origin: { kind: "cilium", since: "1.13" },
  schema: messageList({ type: int32Field, match_sub_type: boolField, sub_type: int32Field }),
  label: "event type",
  help: "1 drop, 5 policy verdict, 129 L7; the sub type counts only together with match_sub_type.",
  place: "other",
  part: "event",
  build: (values) => ({
    test: testOn(
      "event",
      (event) =>
        event.eventType >= 0 &&
        values.some(
          ({ type = 0, match_sub_type = false, sub_type = 0 }) =>
            (type === 0 || type === event.eventType) && (!match_sub_type || sub_type === event.eventSubType),
        ),
    ),
  }),
  valueText: eventTypeText,
  phrase: (values) => `event type ${either(values)}`,
};

function eventTypeText({ type = 0, match_sub_type = false, sub_type = 0 }: EventTypeValue): string {
  const name = type === 0 ? "any" : (EVENT_TYPES.get(type) ?? String(type));
  return match_sub_type ? `${name}:${sub_type}` : name;
}

export const verdict: CriterionRecord<"verdict", "event"> = {
  name: "verdict",
  origin: { kind: "cilium", since: "1.13" },
  schema: enumList(VERDICT_NAMES, "verdict"),
  label: "verdict",
  help: "DROPPED, AUDIT, FORWARDED and the like, in capitals.",
  place: "what",
  part: "event",
  build: (values) => {
    const wanted = orAbsent(values, VERDICT_NAMES);
    return { test: testOn("event", (event) => wanted.has(event.verdict)) };
  },
  valueText: (value) => value,
  phrase: (values) => `verdict ${either(values)}`,
};

export const trafficDirection: CriterionRecord<"traffic_direction", "event"> = {
  name: "traffic_direction",
  origin: { kind: "cilium", since: "1.14" },
  schema: enumList(DIRECTION_NAMES, "traffic direction"),
  label: "direction",
  help: "EGRESS or INGRESS; drops in host programs have neither.",
  place: "what",
  part: "event",
  build: (values) => {
    const wanted = new Set(values.map((value) => (value === "EGRESS" ? "egress" : value === "INGRESS" ? "ingress" : value)));
    if (wanted.has("TRAFFIC_DIRECTION_UNKNOWN")) wanted.add("unknown");
    return { test: testOn("event", (event) => wanted.has(event.direction)) };
  },
  valueText: (value) => value,
  phrase: (values) => either(values).toLowerCase(),
};

/** The flow must be DROPPED as well, so would-be drops never match; DROP_REASON_UNKNOWN selects drops without a reason (L7). */
export const dropReasonDesc: CriterionRecord<"drop_reason_desc", "event"> = {
  name: "drop_reason_desc",
  origin: { kind: "cilium", since: "1.16" },
  schema: enumList(DROP_REASON_NAMES, "drop reason"),
  label: "drop reason",
  help: "Cilium's name of the drop reason: POLICY_DENY (181, a deny rule), POLICY_DENIED (133, no rule allows it).",
  place: "what",
  part: "event",
  build: (values) => {
    const wanted = orAbsent(values, DROP_REASON_NAMES);
    return { test: testOn("event", (event) => event.verdict === "DROPPED" && wanted.has(event.dropReasonName)) };
  },
  valueText: (value) => value,
  phrase: (values) => `drop reason ${either(values)}`,
};

/** The name of an enum's 0 also selects flows that do not carry the field. */
function orAbsent(values: readonly string[], names: ReadonlyMap<number, string>): ReadonlySet<string> {
  const zero = names.get(0);
  return new Set(values.flatMap((value) => (value === zero || value === "0" ? [value, "", zero ?? "0"] : [value])));
}
