/** What the answers must be, worked out from the log text with JSON.parse and sets alone: nothing of Weir's own decoding or counting. */

export interface Seen {
  readonly time: string;
  readonly tuple: string;
  readonly pod: string;
  readonly namespace: string;
  readonly group: string;
  readonly port: string;
  readonly reason: string;
}

export interface Expected {
  readonly lines: number;
  readonly flowLines: number;
  readonly duplicates: number;
  readonly unreadable: number;
  readonly flows: readonly Seen[];
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function readExpected(text: string): Expected {
  const lines = text.split("\n").filter((line, index, all) => line !== "" || index < all.length - 1);
  const uuids = new Set<string>();
  const flows: Seen[] = [];
  let flowLines = 0;
  let unreadable = 0;
  for (const line of lines) {
    if (!line.startsWith('{"flow":')) continue;
    const flow = parsed(line);
    if (flow === undefined) {
      unreadable++;
      continue;
    }
    flowLines++;
    const uuid = textOf(at(flow, "uuid"));
    if (uuids.has(uuid)) continue;
    uuids.add(uuid);
    flows.push(seenOf(flow));
  }
  return { lines: lines.length, flowLines, duplicates: flowLines - uuids.size, unreadable, flows };
}

export function attemptsOf(flows: readonly Seen[]): number {
  return new Set(flows.map((flow) => flow.tuple)).size;
}

/** Attempts and packets per key, biggest first is not promised. */
export function groupBy(
  flows: readonly Seen[],
  keyOf: (flow: Seen) => string,
): Map<string, { attempts: number; packets: number; first: string; last: string }> {
  const members = new Map<string, Seen[]>();
  for (const flow of flows) {
    const list = members.get(keyOf(flow));
    if (list === undefined) members.set(keyOf(flow), [flow]);
    else list.push(flow);
  }
  return new Map(
    [...members].map(([key, list]) => {
      const times = list.map((flow) => flow.time).sort();
      return [key, { attempts: attemptsOf(list), packets: list.length, first: times[0] ?? "", last: times.at(-1) ?? "" }];
    }),
  );
}

function parsed(line: string): Json | undefined {
  try {
    const value: Json = JSON.parse(line);
    return at(value, "flow");
  } catch {
    return undefined;
  }
}

function seenOf(flow: Json): Seen {
  const l4 = at(flow, "l4");
  const protocol = isObject(l4) ? (Object.keys(l4)[0] ?? "") : "";
  const ports = at(l4, protocol);
  const destination = textOf(at(ports, "destination_port"));
  const tuple = [at(flow, "IP", "source"), at(ports, "source_port"), at(flow, "IP", "destination"), destination, protocol]
    .map(textOf)
    .join("|");
  const namespace = textOf(at(flow, "source", "namespace"));
  const reason = textOf(at(flow, "drop_reason_desc")) === "POLICY_DENY" ? "deny" : "default";
  return {
    time: textOf(at(flow, "time")),
    tuple,
    namespace,
    pod: `${namespace}/${textOf(at(flow, "source", "pod_name"))}`,
    group: groupOf(at(flow, "destination")),
    port: destination,
    reason,
  };
}

function groupOf(destination: Json | undefined): string {
  const list = at(destination, "labels");
  const labels = Array.isArray(list) ? list.map(textOf) : [];
  const after = (prefix: string): string | undefined => labels.find((label) => label.startsWith(prefix))?.slice(prefix.length);
  const workloads = at(destination, "workloads");
  const workload =
    Array.isArray(workloads) && workloads.length > 0
      ? `${textOf(at(destination, "namespace"))}/${textOf(at(workloads[0], "name"))}`
      : undefined;
  const cidr = after("cidr:")?.replaceAll("-", ":").replace("::0/", "::/");
  return after("cidrgroup:io.cilium.policy.cidrgroupname/") ?? cidr ?? after("fqdn:") ?? workload ?? after("reserved:") ?? "";
}

function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((found, key) => (isObject(found) ? found[key] : undefined), value);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: Json | undefined): string {
  return value === undefined || value === null ? "" : String(value);
}
