/** Events that are no flows, and what a filter without the means to answer says. */
import { describe, expect, it } from "vitest";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import { compileFilter } from "./compile-filter.ts";
import { NON_FLOWS, type NonFlow } from "./criterion.ts";
import type { Filter } from "./filter.ts";

function shown(filter: Partial<Filter>): readonly string[] {
  const compiled = compileFilter({ include: [], exclude: [], ...filter });
  if (compiled.problem) throw new Error(compiled.problem.reason);
  return NON_FLOWS.filter((kind) => compiled.matchesNonFlow({ kind, type: 5 }));
}

describe("events that are no flows", () => {
  it.each<readonly [filter: Partial<Filter>, kinds: readonly NonFlow["kind"][]]>([
    [{}, NON_FLOWS],
    [{ include: [{}] }, NON_FLOWS],
    [{ exclude: [{}] }, []],
    [{ include: [{ event_type: [{ type: 255 }] }] }, ["lost_events"]],
    [{ include: [{ event_type: [{ type: 130 }] }] }, ["lost_events", "agent_event"]],
    [{ include: [{ event_type: [{ type: 2, match_sub_type: true, sub_type: 5 }] }] }, ["lost_events", "debug_event"]],
    [{ include: [{ event_type: [{ match_sub_type: true, sub_type: 6 }] }] }, ["lost_events"]],
    [{ include: [{ event_type: [{ type: 255 }], traffic_direction: ["EGRESS"] }] }, []],
    [{ exclude: [{ event_type: [{ type: 1 }] }] }, ["agent_event", "debug_event"]],
    [{ include: [{ destination_label: ["!reserved:world"] }] }, NON_FLOWS],
    [{ include: [{ node_labels: ["a notin (b)"] }] }, NON_FLOWS],
    [{ include: [{ destination_label: ["reserved:world"] }] }, []],
    [{ include: [{ trace_id: [""] }] }, NON_FLOWS],
    [{ include: [{ ip_trace_id: ["0"] }] }, NON_FLOWS],
    [{ include: [{ uuid: [""] }] }, []],
    [{ include: [{ verdict: ["VERDICT_UNKNOWN"] }] }, []],
    [{ include: [{ reply: [true, false] }] }, []],
    [{ include: [{ encrypted: [false] }] }, []],
  ])("%j shows %j", (filter, kinds) => {
    expect(shown(filter)).toEqual(kinds);
  });
});

it("does not preview CEL without a compiler and the flow's message", () => {
  const filter: Filter = { include: [{ cel_expression: ["true"] }], exclude: [] };
  expect(compileFilter(filter).problem).toMatchObject({ class: "unsupported", criterion: "cel_expression", list: "include", clause: 0 });
});

it("asks the cheapest test first and answers the same", () => {
  const clause = { pod: ["prod/api-1"], destination_label: ["reserved:world"], verdict: ["DROPPED"], destination_port: ["443"] };
  const compiled = compileFilter({ include: [clause], exclude: [] });
  if (compiled.problem) throw new Error(compiled.problem.reason);
  expect(compiled.matches(sampleFlow())).toBe(true);
  for (const other of [{ verdict: "AUDIT" }, { destinationPort: 80 }, { destination: sampleFlow().source }]) {
    expect(compiled.matches(sampleFlow(other))).toBe(false);
  }
});
