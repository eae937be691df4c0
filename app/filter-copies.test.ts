import { expect, it } from "vitest";
import { filterCopies } from "./filter-copies.ts";

const WINDOW = { from: Date.UTC(2026, 0, 23), to: Date.UTC(2026, 0, 24) };

function copiesOf(filter: Parameters<typeof filterCopies>[0]["filter"], text = "") {
  return new Map(filterCopies({ filter, text }, WINDOW).map((copy) => [copy.id, copy]));
}

it("says the filter, and what the page leaves unsaid, in each language", () => {
  const copies = copiesOf({ include: [{ namespace: ["prod"], port: ["443"], reason: ["deny"] }], exclude: [{ ip: ["10.0.0.0/8"] }] });
  expect(copies.get("hubble")?.text).toBe(
    'hubble observe --allowlist \'{"source_pod":["prod/"],"traffic_direction":["EGRESS","TRAFFIC_DIRECTION_UNKNOWN"],"drop_reason_desc":["POLICY_DENY"],"destination_port":["443"]}\' --not --to-ip 10.0.0.0/8',
  );
  expect(copies.get("yaml")?.text).toBe(`includeFilters:
- source_pod:
  - prod/
  traffic_direction:
  - EGRESS
  - TRAFFIC_DIRECTION_UNKNOWN
  drop_reason_desc:
  - POLICY_DENY
  destination_port:
  - "443"
excludeFilters:
- destination_ip:
  - "10.0.0.0/8"
`);
  expect(copies.get("json")?.text).toContain('  "excludeFilters": [\n    {"destination_ip":["10.0.0.0/8"]}\n  ]');
  expect(copies.get("kql")?.text).toBe(`let f0 = dynamic(["prod"]);
let f1 = dynamic([443]);
let f2 = dynamic(["deny"]);
let f3 = dynamic(["EGRESS", "TRAFFIC_DIRECTION_UNKNOWN"]);
let f4 = "10.0.0.0/8";
HubbleEgressDrops
| where Timestamp >= datetime(2026-01-23T00:00:00.000Z) and Timestamp < datetime(2026-01-24T00:00:00.000Z)
| where (['SourceNamespace'] in (f0) and coalesce(['DestinationPort'], int(-1)) in (f1) and ['Reason'] in (f2) and (isempty(['Direction']) or ['Direction'] in (f3))) and not((coalesce(ipv4_is_in_range(['DestinationIp'], f4), false) and not(['DestinationIp'] contains_cs "/")))
`);
});

it("gives the reason where a language cannot say it", () => {
  const copies = copiesOf({ include: [{ policy: ["prod/deny"] }], exclude: [] });
  for (const id of ["hubble", "yaml", "json"] as const)
    expect(copies.get(id)).toMatchObject({ text: undefined, refusal: "policy: No filter field of Cilium names a policy." });
  expect(copies.get("kql")?.text).toContain('let f1 = dynamic(["prod/deny"]);');
});

it("says that a search for names goes nowhere else", () => {
  for (const copy of copiesOf({ include: [], exclude: [] }, "api\u202e").values()) {
    expect(copy.text).toBeUndefined();
    expect(copy.refusal).toMatch(/^Only Weir can search names for “api\S*”: take that out first\.$/);
    expect(copy.refusal).not.toContain("\u202e");
  }
});
