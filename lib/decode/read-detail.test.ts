/** The detail of a flow: read alike by both ways of decoding, shared where it is the same, and lenient. */
import { expect, it } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import { type FlowDetail, NO_DETAIL } from "#lib/flows/flow-detail.ts";
import { createDecoder } from "./decoder.ts";
import { flowJsonOf } from "./flow-json.ts";
import { latin1Of } from "./line-text.ts";

const CONTEXT = { fallbackTime: undefined };
const decoder = createDecoder();

function flowOf(line: string, from = decoder): Flow {
  const decoded = from.decode(latin1Of(line), CONTEXT);
  if (decoded.is !== "flow") throw new Error(line);
  return decoded.flow;
}

function line(more: object, number = 1): string {
  const flow = {
    time: `2026-01-23T00:00:0${number}.5Z`,
    uuid: `62b81705-ed79-4e5b-8f10-70a06970104${number}`,
    verdict: "DROPPED",
    IP: { source: `10.0.0.${number}`, destination: "1.1.1.1", ipVersion: "IPv4" },
    l4: { TCP: { source_port: 4000 + number, destination_port: 443, flags: { SYN: true } } },
    source: { ID: 1, labels: ["k8s:a=b"] },
    destination: {},
    Type: "L3_L4",
    event_type: { type: 1 },
    ...more,
  };
  return JSON.stringify({ flow });
}

const USUAL: FlowDetail = { ...NO_DETAIL, ipVersion: "IPv4", tcpFlags: ["SYN"] };

it.each<readonly [more: object, detail: Partial<FlowDetail>]>([
  [{}, {}],
  [{ event_type: {}, source: null }, { hasSource: false }],
  [
    { event_type: undefined, destination: undefined },
    { hasEventType: false, hasDestination: false },
  ],
  [{ traffic_direction: 7 }, { oddDirection: "7" }],
  [{ traffic_direction: "EGRESS" }, {}],
  [{ IP: { source: "::1", destination: "::2", ipVersion: 2, encrypted: true } }, { ipVersion: "IPv6", encrypted: true }],
  [{ IP: { source: "10.0.0.1", source_xlated: "203.0.113.1", destination: "1.1.1.1" } }, { ipVersion: "", sourceXlated: "203.0.113.1" }],
  [{ l4: { UDP: { source_port: 1, destination_port: 2 } } }, { tcpFlags: undefined }],
  [{ l4: { TCP: { flags: { ACK: true, FIN: true, SYN: false } } } }, { tcpFlags: ["FIN", "ACK"] }],
  [{ interface: { index: 3, name: "eth0" } }, { networkInterface: { index: 3, name: "eth0" } }],
  [{ interface: {} }, { networkInterface: { index: 0, name: "" } }],
  [{ destination_service: { name: "db", namespace: "prod" } }, { destinationService: { name: "db", namespace: "prod" } }],
  [{ trace_context: { parent: { trace_id: "4bf9" } } }, { traceId: "4bf9" }],
  [{ ip_trace_id: { trace_id: "18446744073709551615" } }, { ipTraceId: "18446744073709551615" }],
  [
    { l7: { type: "REQUEST", dns: { query: "a.example." } } },
    { l7: { type: "REQUEST", dns: { query: "a.example." }, http: undefined, kafka: false } },
  ],
  [
    { l7: { http: { code: 404, url: "http://h/é", headers: [{ key: "A" }] } } },
    {
      l7: {
        type: "",
        dns: undefined,
        http: { code: 404, method: "", url: "http://h/é", headers: [{ key: "A", value: "" }] },
        kafka: false,
      },
    },
  ],
  [{ l7: 5, interface: "eth0", trace_context: [] }, {}],
])("%j", (more, detail) => {
  for (const number of [1, 2, 3]) {
    const flow = flowOf(line(more, number));
    expect(flow.detail).toEqual({ ...USUAL, ...detail });
    expect(flow).toEqual(flowOf(line(more, number), createDecoder({ templates: false })));
  }
});

it("reads what varies out of lines of one shape, and shares what they have in common", () => {
  const query = (number: number): string => line({ l7: { dns: { query: `q${number}.example.` } }, interface: { index: number } }, number);
  const flows = [1, 2, 3, 4].map((number) => flowOf(query(number)));
  expect(flows.map(({ detail }) => detail.l7?.dns?.query)).toEqual(["q1.example.", "q2.example.", "q3.example.", "q4.example."]);
  expect(flows.map(({ detail }) => detail.networkInterface?.index)).toEqual([1, 2, 3, 4]);
  expect(new Set(flows.map(({ parts }) => parts.shape)).size).toBe(1);
  expect(flowOf(query(2)).detail).toBe(flows[1]?.detail);
  expect(flowOf(line({}, 5)).detail).toBe(flowOf(line({}, 6)).detail);
});

it("shares node labels, and leaves out what is no list of texts", () => {
  const labelled = (labels: unknown, number: number): Flow => flowOf(line({ node_labels: labels, node_name: "n1" }, number));
  const [one, other] = [labelled(["zone=a"], 1), labelled(["zone=a"], 2)];
  expect(one.nodeLabels).toEqual(["zone=a"]);
  expect(labelled(["zone=a"], 3).nodeLabels).toBe(other.nodeLabels);
  expect([labelled("zone=a", 4).nodeLabels, labelled([1], 5).nodeLabels, labelled(null, 6).nodeLabels]).toEqual([[], [], []]);
});

it("gives the message of a flow again, whatever its line is wrapped in", () => {
  const bare = line({ file: { name: "bpf.c", line: 7 } });
  const wrapped = `2026-01-23T00:00:00.1Z stdout F ${bare}`;
  const docker = JSON.stringify({ log: `${bare}\n`, stream: "stdout", time: "2026-01-23T00:00:00.1Z" });
  for (const one of [bare, wrapped, docker]) expect(flowJsonOf(flowOf(one))).toMatchObject({ file: { name: "bpf.c", line: 7 } });
});
