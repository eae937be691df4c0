import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RANDOM_VALUES } from "#lib/testing/random-filters.ts";
import { CRITERION_NAMES } from "./criterion-names.ts";
import { valueTexts } from "./criterion-text.ts";
import { describeFilter } from "./describe.ts";
import type { Clause, Filter } from "./filter.ts";

const including = (...include: readonly Clause[]): Filter => ({ include, exclude: [] });

describe("describeFilter", () => {
  it.each<[string, Filter]>([
    ["blocked egress", { include: [], exclude: [] }],
    ["blocked egress, except everything", { include: [{}], exclude: [{}] }],
    [
      "blocked egress of pods in prod to port 443, except 10.0.0.0/8",
      { include: [{ namespace: ["prod"], port: ["443"] }], exclude: [{ ip: ["10.0.0.0/8"] }] },
    ],
    [
      "blocked ingress to corp-deny on port 53 over udp",
      including({ traffic_direction: ["INGRESS"], group: ["corp-deny"], port: ["53"], protocol: ["udp"] }),
    ],
    ["blocked egress or traffic of unknown direction", including({ traffic_direction: ["EGRESS", "TRAFFIC_DIRECTION_UNKNOWN"] })],
    [
      "egress with verdict DROPPED and drop reason POLICY_DENY with event type drop:181",
      including({
        verdict: ["DROPPED"],
        drop_reason_desc: ["POLICY_DENY"],
        event_type: [{ type: 1, match_sub_type: true, sub_type: 181 }],
      }),
    ],
    [
      "blocked egress of pods in prod with HTTP GET and HTTP paths like ^/api and HTTP status 5+",
      including({ source_pod: ["prod/"], http_method: ["GET"], http_path: ["^/api"], http_status_code: ["5+"] }),
    ],
    [
      "blocked egress over dns with DNS queries like evil marked as no reply",
      including({ protocol: ["dns"], dns_query: ["evil"], reply: [false] }),
    ],
    ["blocked egress, except flows marked as encrypted", { include: [], exclude: [{ encrypted: [true] }] }],
    [
      "blocked egress on interface eth0 and nodes with label zone=a with TCP flags SYN+ACK",
      including({ tcp_flags: [{ SYN: true, ACK: true }], interface: [{ name: "eth0" }], node_labels: ["zone=a"] }),
    ],
    ["blocked egress for which _flow.is_reply == false", including({ cel_expression: ["_flow.is_reply == false"] })],
    ["blocked egress, except flows for which true", { include: [], exclude: [{ cel_expression: ["true"] }] }],
    ["explicit denies, or blocked egress to port 53", including({ reason: ["deny"] }, { port: ["53"] })],
    ["flows of reason none", including({ reason: [""] })],
  ])("says %s", (sentence, filter) => {
    expect(describeFilter(filter)).toBe(sentence);
  });

  it.each(CRITERION_NAMES)("leaves out no value of %s", (name) => {
    fc.assert(
      fc.property(RANDOM_VALUES[name], fc.boolean(), (values, isExclude) => {
        const clause: Clause = { [name]: values };
        const plain = describeFilter({ include: [{}], exclude: [] });
        const sentence = describeFilter(isExclude ? { include: [], exclude: [clause] } : including(clause));
        if (name !== "traffic_direction") expect(sentence).not.toBe(plain);
        if (name === "reason" || name === "traffic_direction") return;
        for (const text of valueTexts(clause, name)) {
          // "none" is said as "no port" where it stands alone, a namespace without its slash.
          if (text !== "none" && !text.endsWith("/")) expect(sentence).toContain(text);
        }
      }),
      { numRuns: 30 },
    );
  });
});
