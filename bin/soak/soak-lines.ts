/** Flow lines for the soak, each with a uuid that says which one it is. */

/** The number a uuid stands for, in its last twelve hexadecimal digits. */
export function soakUuid(number: number): string {
  return `5eed0000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
}

/** Numbers are told apart by a flow's time, too, which has them as the part below a millisecond. */
export const NUMBERS = 1_000_000;
/** Every so many, a field mask left the uuid out: such a line is known by nothing but its place in the log. */
export const WITHOUT_UUID = 10;

/** An export line as Cilium 1.17 writes it. `time` in milliseconds since 1970. */
export function soakLine(number: number, node: string, time: number, hasUuid = true): string {
  const client = number % 40;
  const port = 32_768 + (number % 28_000);
  const flow = {
    time: new Date(time).toISOString().replace("Z", `${String(number % NUMBERS).padStart(6, "0")}Z`),
    ...(hasUuid ? { uuid: soakUuid(number) } : {}),
    verdict: "DROPPED",
    drop_reason: 181,
    ethernet: { source: "0a:58:0a:f4:00:01", destination: "0a:58:0a:f4:00:02" },
    IP: { source: `10.244.1.${client}`, destination: `192.0.2.${number % 20}`, ipVersion: "IPv4" },
    l4: { TCP: { source_port: port, destination_port: 443, flags: { SYN: true } } },
    source: {
      ID: 100 + client,
      identity: 14_000 + client,
      namespace: "shop",
      labels: [`k8s:app=client-${client}`, "k8s:io.kubernetes.pod.namespace=shop"],
      pod_name: `client-${client}-7d9f8-abcde`,
      workloads: [{ name: `client-${client}`, kind: "Deployment" }],
    },
    destination: { identity: 16_777_218, labels: ["cidrgroup:io.cilium.policy.cidrgroupname/corp-deny", "reserved:world"] },
    Type: "L3_L4",
    node_name: `soak/${node}`,
    event_type: { type: 1, sub_type: 181 },
    traffic_direction: "EGRESS",
    drop_reason_desc: "POLICY_DENY",
    Summary: "TCP Flags: SYN",
  };
  return JSON.stringify({ flow, node_name: flow.node_name, time: flow.time });
}
