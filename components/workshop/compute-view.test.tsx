import { describe, expect, it } from "vitest";
import { TEMPLATES } from "#lib/exporter/templates.ts";
import { EVERYTHING } from "#lib/filters/filter.ts";
import { TARGETS } from "#lib/url/workshop-params.ts";
import { answer } from "./engine-answer.ts";
import type { WorkshopView } from "./workshop-view.ts";

const NOW = Date.parse("2026-09-22T10:00:00Z");
const ARTICLE = `flowLogs:
- name: blocked-egress
  filePath: /dev/stdout
  includeFilters:
  - event_type:
    - type: 1
      sub_type: 181
    traffic_direction:
    - EGRESS
`;

function viewOf(text: string, pasted: string | undefined = text): WorkshopView {
  const { view } = answer({ do: "view", text, pasted, target: "1.17", now: NOW });
  if (view === undefined) throw new Error("a text can always be looked at");
  return view;
}

describe("the view of a document", () => {
  it("writes every template so that its own file means the same again, for every release", () => {
    for (const target of TARGETS) {
      for (const { name } of TEMPLATES) {
        const { view } = answer({ do: "start", pasted: undefined, template: name, filter: EVERYTHING, target, now: NOW });
        const text = view?.texts.configmap?.written.text ?? "";
        const again = answer({ do: "view", text, pasted: text, target, now: NOW }).view;
        expect(again?.verdict.isAccepted, `${name} ${target}`).toBe(true);
        expect(again?.difference?.entries).toEqual([]);
        expect(again?.texts.pasted).toBeUndefined();
        expect(again?.findings.filter(({ severity }) => severity.startsWith("rejects"))).toEqual([]);
      }
    }
  });

  it("marks the value that a finding is about, and mends it", () => {
    const view = viewOf(ARTICLE);
    const silent = view.findings.find(({ place }) => place.key === "filePath");
    expect(silent?.place.text?.line).toBe(3);
    expect(view.entries[0]?.pathTone).toBe("warn");
    expect(view.entries[0]?.include[0]?.rows.find(({ criterion }) => criterion === "event_type")?.tone).toBe("warn");
    const fixed = answer({ do: "fix", text: ARTICLE, at: silent?.at ?? -1, pasted: ARTICLE, target: "1.17", now: NOW }).view;
    expect(fixed?.config.entries[0]?.filePath).toBe("stdout");
    expect(fixed?.difference?.entries[0]?.keys.map(({ key }) => key)).toEqual(["filePath"]);
    expect(fixed?.texts.pasted).toBeUndefined();
    expect(answer({ do: "fix", text: ARTICLE, at: 99, pasted: undefined, target: "1.17", now: NOW }).refusal).toBeDefined();
  });

  it("never writes an empty file in place of one that it could not read", () => {
    const view = viewOf("flowLogs:\n- name: a\n\tfilePath: b\n");
    expect(view.verdict.isAccepted).toBe(false);
    expect(view.texts.configmap?.written.text).toBeUndefined();
    expect(view.texts.pasted?.findings.length).toBeGreaterThan(0);
    expect(view.difference).toBeUndefined();
  });

  it("keeps a text that was typed as it was typed, and compares it with what was pasted", () => {
    const typed = `# mine\n${ARTICLE.replace("/dev/stdout", "stdout")}`;
    const view = viewOf(typed, ARTICLE);
    expect(view.texts.pasted?.written.text).toBe(typed);
    expect(view.difference?.entries).toHaveLength(1);
  });

  it("lets no name out of its comment line", () => {
    const view = viewOf('flowLogs:\n- name: "a\\n$(reboot)\\u2028b"\n  filePath: stdout\n');
    for (const text of [view.texts.hubble?.written.text, view.texts.kql?.written.text]) {
      expect(text?.split(/[\n\u2028]/).filter((line) => line.startsWith("$") || line.startsWith("b"))).toEqual([]);
    }
  });

  it("takes the filter of a view along, within what views show", () => {
    const filter = { include: [{ namespace: ["checkout"] }], exclude: [{ port: ["443"] }] };
    const { view, start } = answer({ do: "start", pasted: undefined, template: "", filter, target: "1.17", now: NOW });
    expect(start).toEqual({ from: { is: "filter" }, refusal: undefined });
    expect(view?.config.entries[0]?.includeFilters).toEqual([
      {
        source_pod: ["checkout/"],
        traffic_direction: ["EGRESS"],
        event_type: [{ type: 1 }],
        drop_reason_desc: ["POLICY_DENIED", "POLICY_DENY"],
      },
    ]);
    expect(view?.config.entries[0]?.excludeFilters).toEqual([{ destination_port: ["443"] }]);
    const policy = { include: [{ policy: ["shop/deny"] }], exclude: [] };
    expect(answer({ do: "start", pasted: undefined, template: "", filter: policy, target: "1.17", now: NOW }).start?.refusal).toContain(
      "policy",
    );
  });
});
