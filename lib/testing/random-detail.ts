/** What random flows say beside who, where and why; most say nothing of it. */
import fc from "fast-check";
import { type FlowDetail, NO_DETAIL, TCP_FLAGS } from "#lib/flows/flow-detail.ts";

const service = fc.constantFrom(
  { name: "", namespace: "" },
  { name: "api", namespace: "prod" },
  { name: "web", namespace: "shop" },
  { name: "x", namespace: "" },
);

const http = fc.record({
  code: fc.constantFrom(0, 200, 404, 500, 503),
  method: fc.constantFrom("GET", "POST", ""),
  url: fc.constantFrom("http://api.example.com/v1/x?y=1", "/a.b/%41", "", "host/path", "http://host"),
  headers: fc.subarray([
    { key: "accept", value: "a;b c" },
    { key: "x-y", value: "x" },
    { key: "x-y", value: "$(id)" },
  ]),
});

const l7: fc.Arbitrary<FlowDetail["l7"]> = fc.oneof(
  fc.constant(undefined),
  fc
    .constantFrom("evil.example.com.", "a.b.", "aaa.", "word.")
    .map((query) => ({ type: "REQUEST", dns: { query }, http: undefined, kafka: false })),
  http.map((record) => ({ type: record.code === 0 ? "REQUEST" : "RESPONSE", dns: undefined, http: record, kafka: false })),
  fc.constant({ type: "", dns: undefined, http: undefined, kafka: true }),
);

export const randomDetail: fc.Arbitrary<FlowDetail> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(NO_DETAIL) },
  {
    weight: 3,
    arbitrary: fc.record({
      hasSource: fc.boolean(),
      hasDestination: fc.boolean(),
      hasEventType: fc.constantFrom(true, true, false),
      oddDirection: fc.constant(""),
      ipVersion: fc.constantFrom("IPv4", "IPv6", ""),
      encrypted: fc.boolean(),
      sourceXlated: fc.constantFrom("", "10.20.1.1", "fd00::9"),
      tcpFlags: fc.oneof(fc.constant(undefined), fc.subarray([...TCP_FLAGS])),
      networkInterface: fc.constantFrom(undefined, { index: 4, name: "eth0" }, { index: 0, name: "eth0" }, { index: 4, name: "lxc/1" }),
      sourceService: service,
      destinationService: service,
      l7,
      traceId: fc.constantFrom("", "4bf92f3577b34da6a3ce929d0e0e4736"),
      ipTraceId: fc.constantFrom("0", "7", "18446744073709551615"),
    }),
  },
);
