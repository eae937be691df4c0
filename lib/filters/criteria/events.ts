/** `event_type`, `verdict`, `traffic_direction`, `drop_reason_desc`, `reply`: what kind of event it was. */
import type { Criterion } from "../criterion.ts";
import { carriedBy, isBefore } from "../criterion.ts";
import type { EventTypeValue } from "../filter.ts";
import { allOf, anyOf, type EventClass, testOn } from "../flow-part.ts";
import { boolField, boolList, enumList, int32Field, messageList } from "../json-value.ts";
import { isOneOf } from "../remember.ts";
import {
  DIRECTION_NAMES,
  DROP_REASON_NAMES,
  nameOfNumber,
  OLD_DROP_REASON_NAMES,
  SINCE_OF_DROP_REASON,
  VERDICT_NAMES,
} from "./enum-names.ts";
import { either } from "./say.ts";

const EVENT_TYPES: ReadonlyMap<number, string> = new Map([
  [1, "drop"],
  [2, "debug"],
  [3, "capture"],
  [4, "trace"],
  [5, "policy-verdict"],
  [6, "recorder capture"],
  [7, "trace-sock"],
  [129, "l7"],
  [130, "agent"],
]);
const TYPE_OF_NON_FLOW = { agent_event: 130, debug_event: 2 } as const;

/**
 * A sub type counts only with `match_sub_type`: 0 is a legal sub type. Lost events pass every list, and the
 * sub type of agent and debug events is their own type (pkg/hubble/filters/event_type.go).
 */
export const eventType: Criterion<"event_type"> = {
  name: "event_type",
  origin: { kind: "cilium", since: "1.13" },
  schema: messageList({ type: int32Field, match_sub_type: boolField, sub_type: int32Field }),
  label: "event type",
  help: "1 drop, 5 policy verdict, 129 L7; the sub type counts only together with match_sub_type.",
  place: "other",
  parts: ["event", "detail"],
  carriedBy: carriedBy(),
  build: (values) => {
    const matches = testOn("event", eventTest(values));
    const allows = (ofType: number, subType: number): boolean =>
      values.some(
        ({ type = 0, match_sub_type = false, sub_type = 0 }) =>
          (type === 0 || type === ofType) && (!match_sub_type || sub_type === subType),
      );
    return {
      test: values.every(({ type = 0 }) => type !== 0) ? matches : allOf(matches, HAS_EVENT_TYPE),
      passesNonFlow: ({ kind, type }) => kind === "lost_events" || allows(TYPE_OF_NON_FLOW[kind], type),
    };
  },
  valueText: eventTypeText,
  phrase: (values) => `event type ${either(values)}`,
};

/** An absent type counts as 0, which only a value of any type lets through; it is kept as -1, which no value may meet. */
function eventTest(values: readonly EventTypeValue[]): (event: EventClass) => boolean {
  const asked = values.filter(({ type = 0 }) => type >= 0);
  const [only, ...more] = asked;
  if (only?.type && more.length === 0 && only.match_sub_type !== true) {
    const { type } = only;
    return (event) => event.eventType === type;
  }
  return (event) => {
    for (const { type = 0, match_sub_type = false, sub_type = 0 } of asked) {
      if (type !== 0 && type !== event.eventType) continue;
      if (!match_sub_type || sub_type === event.eventSubType) return true;
    }
    return false;
  };
}

const HAS_EVENT_TYPE = testOn("detail", ({ hasEventType }) => hasEventType);

function eventTypeText({ type = 0, match_sub_type = false, sub_type = 0 }: EventTypeValue): string {
  const name = type === 0 ? "any" : (EVENT_TYPES.get(type) ?? String(type));
  return match_sub_type ? `${name}:${sub_type}` : name;
}

export const verdict: Criterion<"verdict"> = {
  name: "verdict",
  origin: { kind: "cilium", since: "1.13" },
  schema: enumList(VERDICT_NAMES, "verdict"),
  label: "verdict",
  help: "DROPPED, AUDIT, FORWARDED and the like, in capitals.",
  place: "what",
  parts: ["event"],
  carriedBy: carriedBy(),
  build: (values) => {
    const isWanted = isOneOf(orAbsent(values, VERDICT_NAMES));
    return { test: testOn("event", (event) => isWanted(event.verdict)) };
  },
  valueText: (value) => nameOfNumber(value, VERDICT_NAMES),
  phrase: (values) => `verdict ${either(values)}`,
};

/** A direction that the API does not know stands in the detail, and is unknown everywhere else. */
export const trafficDirection: Criterion<"traffic_direction"> = {
  name: "traffic_direction",
  origin: { kind: "cilium", since: "1.14" },
  schema: enumList(DIRECTION_NAMES, "traffic direction"),
  label: "direction",
  help: "EGRESS or INGRESS; drops in host programs have neither.",
  place: "what",
  parts: ["event", "detail"],
  carriedBy: carriedBy(),
  build: (values) => {
    const names = new Set(values.map((value) => nameOfNumber(value, DIRECTION_NAMES)));
    const known = new Set<string>();
    if (names.has("EGRESS")) known.add("egress");
    if (names.has("INGRESS")) known.add("ingress");
    const odd = [...names].filter((name) => /^-?\d+$/.test(name));
    const isOf = isOneOf(known);
    const isKnown = testOn("event", ({ direction }) => isOf(direction));
    if (odd.length === 0 && !names.has("TRAFFIC_DIRECTION_UNKNOWN")) return { test: isKnown };
    const others = new Set(names.has("TRAFFIC_DIRECTION_UNKNOWN") ? [...odd, ""] : odd);
    return {
      test: anyOf(
        isKnown,
        allOf(
          testOn("event", ({ direction }) => direction === "unknown"),
          testOn("detail", ({ oddDirection }) => others.has(oddDirection)),
        ),
      ),
    };
  },
  valueText: (value) => nameOfNumber(value, DIRECTION_NAMES),
  phrase: (values) => either(values.map(directionNoun)),
};

function directionNoun(value: string): string {
  if (value === "EGRESS" || value === "INGRESS") return value.toLowerCase();
  return value === "TRAFFIC_DIRECTION_UNKNOWN" ? "traffic of unknown direction" : `traffic of direction ${value}`;
}

/** The flow must be DROPPED as well, so would-be drops never match; DROP_REASON_UNKNOWN selects drops without a reason (L7). */
export const dropReasonDesc: Criterion<"drop_reason_desc"> = {
  name: "drop_reason_desc",
  origin: { kind: "cilium", since: "1.16" },
  schema: enumList(DROP_REASON_NAMES, "drop reason", OLD_DROP_REASON_NAMES),
  label: "drop reason",
  help: "Cilium's name of the drop reason: POLICY_DENY (181, a deny rule), POLICY_DENIED (133, no rule allows it).",
  place: "what",
  parts: ["event"],
  carriedBy: carriedBy(),
  build: (values) => {
    const isWanted = isOneOf(orAbsent(values, DROP_REASON_NAMES));
    return { test: testOn("event", (event) => isWanted(event.dropReasonName) && event.verdict === "DROPPED") };
  },
  agentRefuses: (value, version) => {
    const since = typeof value === "string" ? SINCE_OF_DROP_REASON.get(value) : undefined;
    if (since === undefined || !isBefore(version, since)) return undefined;
    return { class: "parse", reason: `Cilium ${version} has no drop reason ${value}, it came with ${since}` };
  },
  valueText: (value) => nameOfNumber(value, DROP_REASON_NAMES),
  phrase: (values) => `drop reason ${either(values)}`,
};

/** Drops carry no reply flag and count as no reply; other flows without the flag match neither value (pkg/hubble/filters/reply.go). */
export const reply: Criterion<"reply"> = {
  name: "reply",
  origin: { kind: "cilium", since: "1.13" },
  schema: boolList,
  label: "reply",
  help: "true for answers, false for what a connection's opener sent; a drop counts as false.",
  place: "what",
  parts: ["event"],
  carriedBy: carriedBy(),
  build: (values) => {
    const [yes, no] = [values.includes(true), values.includes(false)];
    return {
      test: testOn("event", ({ isReply, verdict: decided }) => {
        if (isReply === undefined) return no && decided === "DROPPED";
        return isReply ? yes : no;
      }),
    };
  },
  valueText: (value) => (value ? "a reply" : "no reply"),
  phrase: either,
};

/** Names of enum values; the name of an enum's 0 also selects flows that do not carry the field. */
function orAbsent(values: readonly string[], names: ReadonlyMap<number, string>): ReadonlySet<string> {
  const zero = names.get(0) ?? "0";
  return new Set(values.map((value) => nameOfNumber(value, names)).flatMap((name) => (name === zero ? [name, ""] : [name])));
}
