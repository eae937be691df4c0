import { describe, expect, it } from "vitest";
import type { Filter } from "./filter.ts";
import { declaredParameters, KQL_FACTS, type KqlColumns, kqlLets, parameterText } from "./kql-columns.ts";
import { toKql } from "./to-kql.ts";

const COLUMNS: KqlColumns = Object.fromEntries(Object.keys(KQL_FACTS).map((fact) => [fact, fact]));

const only = (clause: Filter["include"][number]): Filter => ({ include: [clause], exclude: [] });

describe("toKql", () => {
  it.each<[string, Filter, string, readonly unknown[]]>([
    ["nothing", { include: [], exclude: [] }, "true", []],
    ["a clause without criteria", only({}), "true", []],
    ["everything excluded", { include: [], exclude: [{}] }, "not(true)", []],
    ["a list", only({ namespace: ["prod", "shop"] }), "['source_namespace'] in (f0)", [["prod", "shop"]]],
    ["absent", only({ namespace: [""] }), "isempty(['source_namespace'])", []],
    ["ports", only({ destination_port: ["0443", "53"] }), "coalesce(['destination_port'], int(-1)) in (f0)", [[443, 53]]],
    ["a port that is none", only({ port: ["https"] }), "false", []],
    [
      "pods",
      only({ source_pod: ["prod/api", "/x", "shop/", "/"] }),
      "((['source_namespace'] == f0 and ['source_pod_name'] startswith_cs f1) or (['source_pod_name'] startswith_cs f2) or (['source_namespace'] == f3) or (isnotempty(['source_namespace']) or isnotempty(['source_pod_name'])))",
      ["prod", "api", "x", "shop"],
    ],
    [
      "IPv6 prefixes, which hold no IPv4 address",
      only({ destination_ip: ["2001:db8::1/32"] }),
      "(coalesce(ipv6_is_in_range(['destination_ip'], f0), false) and not(['destination_ip'] contains_cs \"/\") and ['destination_ip'] contains_cs \":\")",
      ["2001:db8:0:0:0:0:0:0/32"],
    ],
    [
      "two lists",
      { include: [{ verdict: ["DROPPED"] }, { verdict: ["AUDIT"] }], exclude: [{ uuid: ["a"] }] },
      "(['verdict'] in (f0) or ['verdict'] in (f1)) and not(['uuid'] in (f2))",
      [["DROPPED"], ["AUDIT"], ["a"]],
    ],
    [
      "FQDN patterns",
      only({ destination_fqdn: ["*.example.com"] }),
      "tostring(['destination_names']) matches regex f0",
      ['[\\[,]"(?:[-.0-9a-z]*\\.example\\.com)"'],
    ],
    ["replies", only({ reply: [false] }), "not(coalesce(['is_reply'], ['verdict'] != \"DROPPED\"))", []],
  ])("asks for %s", (_, filter, text, values) => {
    const { spelled } = toKql(filter, COLUMNS);
    expect(spelled?.text).toBe(text);
    expect(spelled?.parameters.map(({ value }) => value)).toEqual(values);
  });

  it.each<[Filter, string, RegExp]>([
    [only({ cel_expression: ["true"] }), "cel_expression", /CEL/],
    [only({ http_path: ["^/api"] }), "http_path", /http_url compares the whole URL/],
    [only({ dns_query: ["\\bx"] }), "dns_query", /^Kusto's engine reads \\b/],
    [only({ source_label: ["version>5"] }), "source_label", /as texts here, not as numbers/],
    [only({ destination_label: ["cidr:2001-db8--0/32"] }), "destination_label", /IPv6 cidr: label/],
    [only({ source_workload: [{ name: 'a"b' }] }), "source_workload", /more than one way/],
    [only({ interface: [{}] }), "interface", /does not tell an interface/],
    [only({ http_method: ["GÉT"] }), "http_method", /folds the case/],
    [only({ destination_port: ["https"] }), "destination_port", /invalid port "https"/],
  ])("refuses %j", (filter, criterion, reason) => {
    expect(toKql(filter, COLUMNS).refusal).toEqual({ criterion, reason: expect.stringMatching(reason) });
  });

  it("refuses what the table has no column for", () => {
    expect(toKql(only({ tcp_flags: [{ SYN: true }] }), { verdict: "Verdict" }).refusal).toEqual({
      criterion: "tcp_flags",
      reason: "The table has no column for tcp_flags.",
    });
  });

  it("keeps the parameters of two predicates in one query apart", () => {
    expect(toKql(only({ uuid: ["a"] }), COLUMNS, "g").spelled).toEqual({
      text: "['uuid'] in (g0)",
      parameters: [{ name: "g0", type: "dynamic", value: ["a"] }],
    });
  });
});

describe("parameters", () => {
  const parameters = [
    { name: "f0", type: "string", value: 'a"b\\\n\u2028' },
    { name: "f1", type: "long", value: 5 },
    { name: "f2", type: "dynamic", value: ["é", 443] },
  ] as const;

  it("are declared, sent and written as literals", () => {
    expect(declaredParameters(parameters)).toBe("declare query_parameters(f0:string, f1:long, f2:dynamic);");
    expect(declaredParameters([])).toBe("");
    expect(parameters.map(parameterText)).toEqual(['a"b\\\n\u2028', "long(5)", 'dynamic(["é",443])']);
    expect(kqlLets(parameters)).toBe('let f0 = "a\\"b\\\\\\n\\u2028";\nlet f1 = long(5);\nlet f2 = dynamic(["\\u00e9", 443]);\n');
  });
});
