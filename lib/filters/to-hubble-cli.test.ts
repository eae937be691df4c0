import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spelledOut } from "#lib/questions/spelled-out.ts";
import type { Filter } from "./filter.ts";
import { shellWord, toHubbleCli } from "./to-hubble-cli.ts";

const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;
const NAMED = "destination_label";

describe("toHubbleCli", () => {
  it.each<[string, Filter, string]>([
    ["nothing", { include: [], exclude: [] }, "hubble observe"],
    [
      "flags",
      { include: [{ namespace: ["prod"], port: ["443"], reason: ["deny", "default"] }], exclude: [] },
      "hubble observe --from-pod prod/ --drop-reason-desc POLICY_DENY --drop-reason-desc POLICY_DENIED --to-port 443",
    ],
    [
      "an exclude list",
      { include: [{ source_pod: ["prod/api"] }], exclude: [{ ip: ["10.0.0.0/8"] }] },
      "hubble observe --from-pod prod/api --not --to-ip 10.0.0.0/8",
    ],
    [
      "event types",
      { include: [{ event_type: [{ type: 1, match_sub_type: true, sub_type: 181 }, { type: 5 }] }], exclude: [] },
      "hubble observe --type drop:181 --type policy-verdict",
    ],
    [
      "a type that no flag names",
      { include: [{ event_type: [{ type: 4 }] }], exclude: [] },
      `hubble observe --allowlist '{"event_type":[{"type":4}]}'`,
    ],
    [
      "a selector with a comma",
      { include: [{ [NAMED]: ["a=b,c"] }], exclude: [] },
      `hubble observe --allowlist '{"destination_label":["a=b,c"]}'`,
    ],
    [
      "two clauses",
      { include: [{ port: ["53"] }, { port: ["443"] }], exclude: [] },
      `hubble observe --allowlist '{"destination_port":["53"]}' --allowlist '{"destination_port":["443"]}'`,
    ],
    [
      "a policy CIDR",
      { include: [{ cidr: ["2001:db8::/32"] }], exclude: [] },
      `hubble observe --allowlist '{"experimental":{"cel_expression":["_flow.destination.labels.exists(l, l in [\\"cidr:2001-db8--0/32\\"])"]}}'`,
    ],
  ])("says %s", (_, filter, command) => {
    expect(toHubbleCli(filter)).toEqual({ spelled: command });
  });

  it.each<[Filter, string]>([
    [{ include: [{ policy: ["x"] }], exclude: [] }, "policy"],
    [{ include: [{ port: [""] }], exclude: [] }, "port"],
    [{ include: [{ namespace: [""] }], exclude: [] }, "namespace"],
    [{ include: [{ protocol: [""] }], exclude: [] }, "protocol"],
    [{ include: [{ reason: ["other"] }], exclude: [] }, "reason"],
    [{ include: [{ group: ["db/pg"] }], exclude: [] }, "group"],
    [{ include: [{ group: ["10.0.0.0/8"] }], exclude: [] }, "group"],
    [{ include: [{ ip: ["somewhere"] }], exclude: [] }, "ip"],
    [{ include: [{ namespace: ["prod"], source_pod: ["prod/api"] }], exclude: [] }, "namespace"],
    [{ include: [{ pod: ["\ud800"] }], exclude: [] }, "pod"],
    [{ include: [], exclude: [{ destination_port: ["https"] }] }, "destination_port"],
  ])("refuses %j", (filter, criterion) => {
    expect(toHubbleCli(filter).refusal?.criterion).toBe(criterion);
  });

  it("says aloud what the view leaves unsaid", () => {
    expect(toHubbleCli(spelledOut({ include: [], exclude: [] })).spelled).toBe(
      'hubble observe --allowlist \'{"traffic_direction":["EGRESS","TRAFFIC_DIRECTION_UNKNOWN"],"drop_reason_desc":["POLICY_DENY","POLICY_DENIED","AUTH_REQUIRED"]}\'' +
        ' --allowlist \'{"traffic_direction":["EGRESS","TRAFFIC_DIRECTION_UNKNOWN"],"verdict":["DROPPED"],"event_type":[{"type":129}]}\'',
    );
  });

  it("writes nothing that does not show", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (points) => {
        const { spelled } = toHubbleCli({ include: [{ pod: [String.fromCodePoint(...points)] }], exclude: [] });
        expect(INVISIBLE.test(spelled ?? "")).toBe(false);
      }),
    );
  });
});

describe("shellWord", () => {
  it("stays one argument, whatever it holds", () => {
    const words = ["", "'", "a'b", "$(id)", "`id`", "a\nb", "-x", "!!", "\\", '"', "a b", "*", "~", "#", "\u202e"];
    const out = execFileSync("/bin/sh", ["-c", `printf '%s\\0' ${words.map(shellWord).join(" ")}`], { encoding: "utf8" });
    expect(out.split("\0").slice(0, -1)).toEqual(words);
  });
});
