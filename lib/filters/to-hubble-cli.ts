/** A filter as a `hubble observe` command: flags where they say it exactly, `--allowlist` and `--denylist` for the rest. */
import { criteriaOf } from "./edit-filter.ts";
import type { EventTypeValue, Filter, WorkloadValue } from "./filter.ts";
import { flowFilterJson } from "./flow-filter-json.ts";
import type { Spelled } from "./spelling.ts";
import { type FlowFilter, toCilium } from "./to-cilium.ts";

/** Ready to paste into a POSIX shell. Whatever a value holds, it stays one argument. */
export function toHubbleCli(filter: Filter): Spelled<string> {
  const cilium = toCilium(filter);
  if (cilium.refusal) return cilium;
  const { include, exclude } = cilium.spelled;
  const [only, ...more] = include;
  const flags = only !== undefined && more.length === 0 ? flagsOf(only) : undefined;
  const allow = flags ?? include.map((clause) => ["--allowlist", flowFilterJson(clause)]);
  const deny = exclude.map((clause) => ["--denylist", flowFilterJson(clause)]);
  return {
    spelled: [
      "hubble observe",
      ...[...allow, ...deny].map(([flag = "", value]) => (value === undefined ? flag : `${flag} ${shellWord(value)}`)),
    ].join(" "),
  };
}

/** A word that needs no quotes stays as it is. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

type Flag = readonly string[];
type FlagReader<V> = (value: V) => string | undefined;

/** A comma may separate values for a flag, and a leading dash may begin another one. */
const plain: FlagReader<string> = (value) => (/^[\x20-\x2b\x2d-\x7e]+$/.test(value) && !value.startsWith("-") ? value : undefined);

const TEXT_FLAGS = {
  uuid: "--uuid",
  source_ip: "--from-ip",
  source_pod: "--from-pod",
  source_label: "--from-label",
  source_cluster_name: "--from-cluster",
  source_port: "--from-port",
  destination_ip: "--to-ip",
  destination_pod: "--to-pod",
  destination_fqdn: "--to-fqdn",
  destination_label: "--to-label",
  destination_cluster_name: "--to-cluster",
  destination_port: "--to-port",
  verdict: "--verdict",
  drop_reason_desc: "--drop-reason-desc",
  protocol: "--protocol",
  node_name: "--node-name",
} as const;

/** Undefined where a value has no exact flag; the whole clause then goes as JSON, because the CLI ORs the two. */
function flagsOf(clause: FlowFilter): readonly Flag[] | undefined {
  if (clause.experimental) return undefined;
  const flags: (readonly Flag[] | undefined)[] = criteriaOf(clause).map((name) => {
    if (isTextFlag(name)) return each(TEXT_FLAGS[name], clause[name], name === "verdict" || name === "drop_reason_desc" ? enumName : plain);
    switch (name) {
      case "traffic_direction":
        return each("--traffic-direction", clause.traffic_direction, direction);
      case "event_type":
        return each("--type", clause.event_type, eventType);
      case "source_workload":
        return each("--from-workload", clause.source_workload, workload);
      case "destination_workload":
        return each("--to-workload", clause.destination_workload, workload);
      case "source_identity":
        return each("--from-identity", clause.source_identity, String);
      case "destination_identity":
        return each("--to-identity", clause.destination_identity, String);
      default:
        return undefined;
    }
  });
  const all = flags.filter((one) => one !== undefined);
  return all.length === flags.length ? all.flat() : undefined;
}

function isTextFlag(name: string): name is keyof typeof TEXT_FLAGS {
  return Object.hasOwn(TEXT_FLAGS, name);
}

function each<V>(flag: string, values: readonly V[] | undefined, read: FlagReader<V>): readonly Flag[] | undefined {
  const texts = (values ?? []).map(read);
  const known = texts.filter((text) => text !== undefined);
  return known.length === texts.length ? known.map((text) => [flag, text]) : undefined;
}

const enumName: FlagReader<string> = (value) => (/^[A-Z][A-Z0-9_]*$/.test(value) && !value.includes("UNKNOWN") ? value : undefined);

const direction: FlagReader<string> = (value) => (value === "EGRESS" || value === "INGRESS" ? value.toLowerCase() : undefined);

const eventType: FlagReader<EventTypeValue> = ({ type, match_sub_type = false, sub_type = 0 }) => {
  if (type === 1) return match_sub_type ? `drop:${sub_type}` : "drop";
  if (match_sub_type) return undefined;
  return type === 5 ? "policy-verdict" : type === 129 ? "l7" : undefined;
};

const workload: FlagReader<WorkloadValue> = ({ name = "", kind = "" }) => {
  if (!/^[-a-z0-9.]+$/.test(name) || name.startsWith("-")) return undefined;
  if (kind === "") return name;
  return /^[A-Za-z]+$/.test(kind) ? `${kind}/${name}` : undefined;
};
