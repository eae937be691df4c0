import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIMENSIONS } from "#lib/flows/dimension.ts";
import { randomFilter, randomFlow } from "#lib/testing/random-flows.ts";
import { chipsOf, withoutChip } from "./chips.ts";
import { compileFilter } from "./compile-filter.ts";
import { describeFilter } from "./describe.ts";
import { choiceOf, criterionOfCell, toggle, withExcluded, withIncluded, withOnly, without } from "./edit-filter.ts";
import { EVERYTHING, type Filter } from "./filter.ts";

describe("clicks", () => {
  it("keep one include clause, and an exclude clause per criterion", () => {
    let filter: Filter = withIncluded(EVERYTHING, "namespace", "prod");
    filter = withIncluded(filter, "port", "443");
    filter = withIncluded(filter, "port", "8443");
    filter = withExcluded(filter, "ip", "10.0.0.0/8");
    filter = withExcluded(filter, "ip", "10.1.1.1");
    filter = withExcluded(filter, "pod", "prod/api-1");
    expect(filter).toEqual({
      include: [{ namespace: ["prod"], port: ["443", "8443"] }],
      exclude: [{ ip: ["10.0.0.0/8", "10.1.1.1"] }, { pod: ["prod/api-1"] }],
    });
    expect(describeFilter(filter)).toBe(
      "blocked egress of pods in prod to port 443 or 8443, except 10.0.0.0/8 or 10.1.1.1 and pod prod/api-1",
    );
  });

  it("turn an include into an exclude and back", () => {
    const included = withIncluded(EVERYTHING, "port", "443");
    const excluded = withExcluded(included, "port", "443");
    expect(excluded).toEqual({ include: [], exclude: [{ port: ["443"] }] });
    expect(withIncluded(excluded, "port", "443")).toEqual(included);
  });

  it("take back what they did", () => {
    fc.assert(
      fc.property(randomFilter, fc.constantFrom(...DIMENSIONS), fc.constantFrom("x", "", "443"), (filter, dimension, value) => {
        fc.pre(choiceOf(filter, dimension, value) === "open");
        expect(choiceOf(withIncluded(filter, dimension, value), dimension, value)).toBe("included");
        expect(choiceOf(withExcluded(filter, dimension, value), dimension, value)).toBe("excluded");
        expect(choiceOf(toggle(toggle(filter, dimension, value), dimension, value), dimension, value)).toBe("open");
        expect(without(withExcluded(filter, dimension, value), dimension, value)).toEqual(filter);
      }),
    );
  });

  it("leave nothing but the one value with 'only'", () => {
    const filter = withIncluded(withIncluded(EVERYTHING, "port", "443"), "port", "53");
    expect(withOnly(filter, "port", "8080")).toEqual({ include: [{ port: ["8080"] }], exclude: [] });
  });

  it("never leave an empty clause behind, which would show everything", () => {
    const filter: Filter = { include: [{ port: ["443"] }, { pod: ["a/b"] }], exclude: [] };
    expect(without(filter, "port", "443")).toEqual({ include: [{ pod: ["a/b"] }], exclude: [] });
  });

  it("narrow with include and exclude, whatever the filter was", () => {
    fc.assert(
      fc.property(randomFilter, randomFlow, fc.constantFrom("prod", "shop"), (filter, flow, value) => {
        fc.pre(!filter.include.concat(filter.exclude).some((clause) => clause.namespace));
        const shows = (one: Filter): boolean => {
          const compiled = compileFilter(one);
          return !compiled.problem && compiled.matches(flow);
        };
        const is = flow.source.namespace === value;
        expect(shows(withIncluded(filter, "namespace", value))).toBe(shows(filter) && is);
        expect(shows(withExcluded(filter, "namespace", value))).toBe(shows(filter) && !is);
      }),
    );
  });

  it("stand for a cell's value, 'has none' included", () => {
    expect(criterionOfCell("port", null)).toEqual({ criterion: "port", value: "" });
    expect(criterionOfCell("label:k8s:app", "api")).toEqual({ criterion: "source_label", value: "k8s:app=api" });
    expect(criterionOfCell("label:app", null)).toEqual({ criterion: "source_label", value: "!app" });
  });
});

describe("chips", () => {
  it("show a simple filter criterion by criterion and any other clause by clause", () => {
    const simple: Filter = {
      include: [{ reason: ["deny"], port: ["", "443"] }],
      exclude: [{ group: ["corp"] }, { group: ["x"], port: ["53"] }],
    };
    expect(chipsOf(simple)).toEqual([
      { kind: "criterion", list: "include", clause: 0, criterion: "port", label: "port", values: ["none", "443"] },
      { kind: "criterion", list: "include", clause: 0, criterion: "reason", label: "reason", values: ["explicit deny"] },
      { kind: "criterion", list: "exclude", clause: 0, criterion: "group", label: "group", values: ["corp"] },
      { kind: "clause", list: "exclude", clause: 1, text: "x on port 53" },
    ]);
    const twofold: Filter = { include: [{ namespace: ["prod"] }, { verdict: ["AUDIT"] }], exclude: [] };
    expect(chipsOf(twofold)).toEqual([
      { kind: "clause", list: "include", clause: 0, text: "pods in prod" },
      { kind: "clause", list: "include", clause: 1, text: "verdict AUDIT" },
    ]);
  });

  it("are gone one by one until nothing is left", () => {
    fc.assert(
      fc.property(randomFilter, (filter) => {
        let left = filter;
        for (let chip = chipsOf(left)[0], guard = 0; chip && guard < 99; chip = chipsOf(left)[0], guard++) left = withoutChip(left, chip);
        expect(chipsOf(left)).toEqual([]);
      }),
    );
  });
});

describe("sentences", () => {
  it.each<[Filter, string]>([
    [EVERYTHING, "blocked egress"],
    [{ include: [{}], exclude: [] }, "blocked egress"],
    [
      { include: [{ reason: ["deny", "l7"], group: ["corp"], port: ["1433"] }], exclude: [] },
      "explicit denies or L7 refusals to corp on port 1433",
    ],
    [{ include: [{ verdict: ["AUDIT"] }], exclude: [] }, "egress with verdict AUDIT"],
    [{ include: [{ traffic_direction: ["INGRESS"] }], exclude: [] }, "blocked ingress"],
    [
      { include: [{ node: ["n1"], pod: ["a/b"] }, { port: [""] }], exclude: [] },
      "blocked egress of pod a/b on node n1, or blocked egress to no port",
    ],
    [
      { include: [], exclude: [{ namespace: ["kube-system"] }, { name: ["a.b"], port: ["53"] }] },
      "blocked egress, except pods in kube-system and DNS name a.b on port 53",
    ],
  ])("%j", (filter, sentence) => {
    expect(describeFilter(filter)).toBe(sentence);
  });
});
