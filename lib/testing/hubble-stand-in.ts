/** What `hubble observe --print-raw-filters` prints for a command line, as measured with hubble 1.17: one object of all flags, raw filters beside it. */

type Values = Map<string, unknown[]>;

type Flag = readonly [field: string, value: (text: string) => unknown];

/** Flag to field, and how the flag's text becomes a value of the field. */
const FLAGS: ReadonlyMap<string, Flag> = new Map<string, Flag>([
  ...endFlags("from", "source"),
  ...endFlags("to", "destination"),
  ["--uuid", ["uuid", String]],
  ["--snat-ip", ["source_ip_xlated", String]],
  ["--traffic-direction", ["traffic_direction", (text) => text.toUpperCase()]],
  ["--verdict", ["verdict", String]],
  ["--drop-reason-desc", ["drop_reason_desc", String]],
  ["--interface", ["interface", (name) => ({ name })]],
  ["--type", ["event_type", eventType]],
  ["--http-status", ["http_status_code", String]],
  ["--http-method", ["http_method", String]],
  ["--http-path", ["http_path", String]],
  ["--http-url", ["http_url", String]],
  ["--protocol", ["protocol", String]],
  ["--tcp-flags", ["tcp_flags", (text) => Object.fromEntries(text.split(",").map((flag) => [flag.toUpperCase(), true]))]],
  ["--node-name", ["node_name", String]],
  ["--node-label", ["node_labels", String]],
  ["--trace-id", ["trace_id", String]],
  ["--ip-trace-id", ["ip_trace_id", String]],
  ["--cel-expression", ["cel_expression", String]],
]);
const SWITCHES: ReadonlyMap<string, readonly [field: string, value: unknown]> = new Map<string, readonly [string, unknown]>([
  ["--ipv4", ["ip_version", "IPv4"]],
  ["--ipv6", ["ip_version", "IPv6"]],
  ["--encrypted", ["encrypted", true]],
  ["--unencrypted", ["encrypted", false]],
]);

/** Throws on flags that hubble does not have. */
export function printRawFilters(args: readonly string[]): string {
  const lists = { allow: [] as string[], deny: [] as string[] };
  const built: { readonly allow: Values; readonly deny: Values } = { allow: new Map(), deny: new Map() };
  const rest = [...args];
  let side: "allow" | "deny" = "allow";
  for (let flag = rest.shift(); flag !== undefined; flag = rest.shift()) {
    if (flag === "--not") {
      side = "deny";
      continue;
    }
    const known = SWITCHES.get(flag);
    if (flag === "--allowlist") lists.allow.push(rest.shift() ?? "");
    else if (flag === "--denylist") lists.deny.push(rest.shift() ?? "");
    else if (known !== undefined) add(built[side], ...known);
    else {
      const [field, value] = FLAGS.get(flag) ?? [];
      if (field === undefined || value === undefined) throw new Error(`unknown flag: ${flag}`);
      add(built[side], field, value(rest.shift() ?? ""));
    }
    side = "allow";
  }
  return list("allowlist", [...objectOf(built.allow), ...lists.allow]) + list("denylist", [...objectOf(built.deny), ...lists.deny]);
}

function endFlags(side: string, end: string): readonly (readonly [string, Flag])[] {
  return [
    [`--${side}-ip`, [`${end}_ip`, String]],
    [`--${side}-pod`, [`${end}_pod`, String]],
    [`--${side}-fqdn`, [`${end}_fqdn`, String]],
    [`--${side}-label`, [`${end}_label`, String]],
    [`--${side}-service`, [`${end}_service`, String]],
    [`--${side}-workload`, [`${end}_workload`, workload]],
    [`--${side}-cluster`, [`${end}_cluster_name`, String]],
    [`--${side}-identity`, [`${end}_identity`, Number]],
    [`--${side}-port`, [`${end}_port`, String]],
  ];
}

function add(values: Values, field: string, value: unknown): void {
  values.set(field, [...(values.get(field) ?? []), value]);
}

function objectOf(values: Values): readonly string[] {
  if (values.size === 0) return [];
  const { cel_expression, ...rest } = Object.fromEntries(values);
  return [JSON.stringify(cel_expression === undefined ? rest : { ...rest, experimental: { cel_expression } })];
}

function list(name: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `${name}:\n${items.map((item) => `    - '${item.replaceAll("'", "''")}'\n`).join("")}`;
}

function eventType(text: string): unknown {
  const types: Readonly<Record<string, number>> = { drop: 1, "policy-verdict": 5, l7: 129 };
  const [name = "", subType] = text.split(":");
  const type = types[name];
  if (type === undefined) throw new Error(`unknown type: ${text}`);
  return subType === undefined ? { type } : { type, match_sub_type: true, sub_type: Number(subType) };
}

function workload(text: string): unknown {
  const slash = text.indexOf("/");
  return slash < 0 ? { name: text } : { kind: text.slice(0, slash), name: text.slice(slash + 1) };
}
