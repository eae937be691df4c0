/** What agents make of expressions: which they build, and what these say (cel-go with its standard library, reference §C.3). */
import { describe, expect, it } from "vitest";
import { compileCel } from "./cel-program.ts";

const FLOW = {
  time: "2025-01-23T08:00:01.5Z",
  uuid: "u1",
  verdict: "DROPPED",
  IP: { source: "10.0.0.1", destination: "1.1.1.1", ipVersion: "IPv4" },
  l4: { TCP: { source_port: 4, destination_port: 443, flags: { SYN: true } } },
  source: { identity: 14_406, namespace: "prod", labels: ["k8s:app=a", "k8s:b=c"], workloads: [{ name: "api", kind: "Deployment" }] },
  destination: { identity: 2, labels: ["reserved:world"] },
  event_type: { type: 1, sub_type: 133 },
  socket_cookie: "123",
  l7: { type: 9 },
  is_reply: false,
  nobody_knows: { this: 1 },
  extensions: { "@type": "type.googleapis.com/x.y" },
};

function outcome(text: string, json: unknown = FLOW): string {
  const compiled = compileCel(text, "1.17");
  if ("reason" in compiled) return compiled.class ?? "build";
  return String(compiled.built(json) ?? "error");
}

describe("an expression that agents build", () => {
  it.each([
    ["_flow.verdict == Verdict.DROPPED", "true", "false"],
    [".flow.Verdict.DROPPED == 2 && ._flow.verdict == 2", "true", "false"],
    ["!has(_flow.l4.TCP)", "false", "true"],
    ["_flow.l4.UDP.destination_port == 0u", "true", "true"],
    ["_flow.l4.TCP.destination_port in [80u, 443u]", "true", "false"],
    ["_flow.source.labels.filter(l, l.contains('app'))[0] == 'k8s:app=a'", "true", "error"],
    ["_flow.source.labels.map(l, l == 'k8s:b=c')[1]", "true", "error"],
    ["_flow.source.labels.exists_one(l, l.matches('^k8s:b'))", "true", "false"],
    ["_flow.source.labels.exists(l, _flow.destination.labels.exists(d, d == l))", "false", "false"],
    ["_flow.source.workloads.exists(w, w.kind == 'Deployment')", "true", "false"],
    ["_flow.is_reply || _flow.verdict == 2", "true", "error"],
    ["_flow.is_reply == null", "false", "true"],
    ["!_flow.is_reply", "true", "error"],
    ["_flow.source == _flow.destination", "false", "true"],
    ["_flow.time - timestamp('2025-01-23T08:00:00Z') > duration('1s')", "true", "false"],
    ["_flow.time.getHours() == 8", "true", "false"],
    ["_flow.socket_cookie == 123u && _flow.l7.type == 9", "true", "false"],
    ["1/0 == 1 || true", "true", "true"],
    ["1/0 == 1 && true", "error", "error"],
    ["false && 1/0 == 1", "false", "false"],
    ["_flow.uuid.matches('(')", "error", "error"],
    ["matches(_flow.uuid, '^u')", "true", "false"],
    ["matches('a', '(') || true", "true", "true"],
    ["int('0x10') == 16", "error", "error"],
    ["int('+12') == 12 && uint('18446744073709551615') > 0u", "true", "true"],
    ["uint('-1') == 1u || bool('F') || double(' 1') == 1.0", "error", "error"],
    ["bool('T') && double('-.5e1') == -5.0", "true", "true"],
    ["type(_flow.source.labels) == list && type(_flow) == Flow", "true", "true"],
    ["9223372036854775807 + 1 > 0", "error", "error"],
    ["[1, 'a'].exists(x, x == 'a')", "true", "true"],
    ["[1, 2,].size() == 2 // and a comment", "true", "true"],
    ["'//' == r'//' && '\\x41' == 'A'", "true", "true"],
    ["Endpoint{namespace: 'prod'}.namespace == _flow.source.namespace", "true", "false"],
  ])("%s", (text, onFlow, onNothing) => {
    expect([outcome(text), outcome(text, "no flow")]).toEqual([onFlow, onNothing]);
  });
});

describe("an expression that no agent builds", () => {
  it.each([
    ...["", "1 == 1 &&", "_flow", "_flow.verdict", "'x'", "dyn(true)", "_flow.is_reply", "x", "_ == 1", "for", "a[", "'a"],
    ...["_flow.foo", "_flow.foo()", "foo(1)", "_flow.verdict == 'DROPPED'", "Verdict == 2", "_flow.verdict == Verdict.NOPE"],
    ...["_flow.l4.TCP.destination_port == 443", "_flow.l4.TCP.destination_port in [80, 443]", "1 == 1.0", "1 < 1u", "true && 'a'"],
    ...["_flow.uuid == null", "_flow.source.labels == null", "_flow.source['namespace'] == 'a'", "_flow.source.labels[0u] == 'a'"],
    ...["has(_flow)", "_flow.exists(l, true)", "1.exists(x, true)", "[1].exists(l.a, true)", "_flow.source.labels.all(l, l)"],
    ...["true ? 1 : 'a'", "-1u == 1u", "9223372036854775808 == 0", "'\\q' == 'q'", "b'\\u0041' == b'A'", "Endpoint{nope: 1} == null"],
    ...["Endpoint{namespace: 1} == null", "'abc'[0] == 'a'", "'a'.split('') == []", "'A'.lowerAscii() == 'a'", "1_000 == 1000"],
  ])("%s", (text) => {
    expect(outcome(text)).toBe("build");
  });
});

it.each([
  "string(1.5) == '1.5'",
  "_flow.time.getHours('Europe/Berlin') == 9",
  "int(dyn('0x10')) == 16",
  "duration('1.5s').getMilliseconds() == 1500",
  "[1].existsOne(x, true)",
  "[[1]].exists(a, a.exists(b, [1].exists(c, c == b)))",
  `${"true && ".repeat(600)}true`,
])("is not sure what an agent makes of %s", (text) => {
  expect(outcome(text)).toBe("unsupported");
});

it("knows the fields and names of the release", () => {
  const builds = (text: string, version: "1.16" | "1.17" | "1.18" | "1.19"): boolean => "built" in compileCel(text, version);
  expect(builds("_flow.file.line == 0u", "1.16")).toBe(false);
  expect(builds("_flow.file.line == 0u", "1.17")).toBe(true);
  expect(builds("_flow.policy_log.size() == 0", "1.17")).toBe(false);
  expect(builds("_flow.policy_log.size() == 0", "1.18")).toBe(true);
  expect(builds("_flow.drop_reason_desc == DropReason.DROP_PUNT_PROXY", "1.17")).toBe(false);
  expect(builds("_flow.drop_reason_desc == DropReason.DROP_PUNT_PROXY", "1.18")).toBe(true);
  expect(builds("has(_flow.emitter)", "1.18")).toBe(false);
});

it("says nothing of what no agent writes", () => {
  expect(outcome("true", { uuid: 5 })).toBe("error");
  expect(outcome("true", { l4: { TCP: "x" } })).toBe("error");
});

it("ends where a hostile text ends", () => {
  for (const text of [
    "(".repeat(4000),
    "[".repeat(4000),
    "!".repeat(4000),
    "a.".repeat(2000),
    "1+".repeat(2000),
    "\u202e",
    "__proto__",
    "\0",
  ]) {
    expect(["build", "unsupported"]).toContain(outcome(text));
  }
});
