import { expect, it } from "vitest";
import type { Filter } from "#lib/filters/filter.ts";
import { encodeQuery } from "./encode-query.ts";
import { printFilter } from "./print-filter.ts";
import { readFilter } from "./read-filter.ts";
import { strictJudge } from "./strict-judge.ts";

it.each<[string, Filter]>([
  ["reply=false,true", { include: [{ reply: [false, true] }], exclude: [] }],
  ["not.encrypted=true", { include: [], exclude: [{ encrypted: [true] }] }],
  ["tcp_flags=SYN-ACK,any", { include: [{ tcp_flags: [{ SYN: true, ACK: true }, {}] }], exclude: [] }],
  [
    "interface=eth0,4/,4/lxc1,/a/b,any",
    { include: [{ interface: [{ name: "eth0" }, { index: 4 }, { index: 4, name: "lxc1" }, { name: "a/b" }, {}] }], exclude: [] },
  ],
  [
    "http_header=x-api:v1,accept:,:a:b",
    { include: [{ http_header: [{ key: "x-api", value: "v1" }, { key: "accept" }, { value: "a:b" }] }], exclude: [] },
  ],
  [
    "source_workload=api,Job/,Deployment/api,any,/any",
    {
      include: [{ source_workload: [{ name: "api" }, { kind: "Job" }, { name: "api", kind: "Deployment" }, {}, { name: "any" }] }],
      exclude: [],
    },
  ],
  [
    "event_type=1:133,0,5",
    { include: [{ event_type: [{ type: 1, match_sub_type: true, sub_type: 133 }, { type: 0 }, { type: 5 }] }], exclude: [] },
  ],
  ["verdict=DROPPED,250", { include: [{ verdict: ["DROPPED", "250"] }], exclude: [] }],
  ["dns_query=%5Eevil%5C.example%24", { include: [{ dns_query: ["^evil\\.example$"] }], exclude: [] }],
  [
    "cel=_flow.l4.TCP.destination_port%20%3E%201023u",
    { include: [{ cel_expression: ["_flow.l4.TCP.destination_port > 1023u"] }], exclude: [] },
  ],
  [
    "not=ns:prod;reply:false;tcp_flags:SYN",
    { include: [], exclude: [{ namespace: ["prod"], tcp_flags: [{ SYN: true }], reply: [false] }] },
  ],
  [
    "ip_trace_id=18446744073709551615&node_labels=topology.kubernetes.io/zone%3Da",
    { include: [{ ip_trace_id: ["18446744073709551615"], node_labels: ["topology.kubernetes.io/zone=a"] }], exclude: [] },
  ],
])("%s is short, and read back", (query, filter) => {
  expect(new Set(encodeQuery(printFilter(filter)).split("&"))).toEqual(new Set(query.split("&")));
  expect(readFilter([...new URLSearchParams(query)], strictJudge)).toEqual({ filter, unreadable: [] });
});

it.each([
  ["reply=yes", "This is either true or false."],
  ["tcp_flags=SYNACK", "TCP flags are some of FIN-SYN-RST-PSH-ACK-URG-ECE-CWR-NS, or any."],
  ["interface=x/eth0", "An interface is a name, index/ or index/name."],
  ["http_header=accept", "A header is key:value."],
  ["source_workload=/", "A workload is a name or Kind/name."],
  ["event_type=drop", "An event type is a number, or type:subtype."],
  ["source_identity=world", "This is no whole number from 0 to 4294967295."],
  ["ip_trace_id=18446744073709551616", "Not a whole number in range."],
  ["dns_query=(", expect.stringContaining("missing closing )")],
  ["http_status_code=400-499", expect.stringContaining("Invalid status code prefix")],
])("%s is named with what would be right", (query, why) => {
  const { filter, unreadable } = readFilter([...new URLSearchParams(query)], strictJudge);
  expect(unreadable).toEqual([{ name: query.split("=")[0], value: query.split("=")[1], why }]);
  expect(filter).toEqual({ include: [], exclude: [] });
});
