/** What one run of Weir was told to do: read once from command line and environment, checked as a whole. */
import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import type { AdxSettings } from "#lib/stores/adx/adx-settings.ts";
import { ADX_SCHEMA, adxProblems, adxSettings } from "./adx-config.ts";
import { AGENT_LOGS_SCHEMA, type AgentLogsConfig, agentLogsProblems, agentLogsSettings } from "./agent-logs-config.ts";
import { hasFeeds } from "./has-feeds.ts";
import type { OptionName } from "./options.ts";
import { type Given, readOptions } from "./read-options.ts";
import { RELAY_SCHEMA, type RelayConfig, relayProblems, relaySettings } from "./relay-config.ts";

/** Where flows come from when nothing is to be read: demo data, or only what the store already holds. */
export interface DemoConfig {
  readonly seed: number;
  readonly flows: number;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly allowAnonymous: boolean;
  readonly allowedHosts: readonly string[];
  /** Absolute. */
  readonly dataDir: string;
  /** Files, globs and directories as given, absolute. */
  readonly files: readonly string[];
  /** Whether files are read on as they grow. */
  readonly follow: boolean;
  readonly stdin: boolean;
  readonly agentLogs: AgentLogsConfig | undefined;
  readonly relays: readonly RelayConfig[];
  /** Undefined = real data: feeds, or what the store holds. */
  readonly demo: DemoConfig | undefined;
  /** 0 = for ever. */
  readonly retentionDays: number;
  /** 0 = as much as comes. */
  readonly retentionBytes: number;
  readonly memoryMb: number;
  /** Undefined = flows are kept on this machine. */
  readonly adx: AdxSettings | undefined;
  /** Hours for which flows of feeds are kept beside a cluster. */
  readonly fillHours: number;
  readonly dev: boolean;
}

export type ConfigResult =
  | { readonly is: "config"; readonly config: Config }
  | { readonly is: "show"; readonly what: "help" | "version" }
  | { readonly is: "wrong"; readonly problems: readonly string[] };

export interface Surroundings {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths start here: where the person stood, not where Weir lies. */
  readonly cwd: string;
  /** Used when no directory was chosen. */
  readonly defaultDataDir: string;
  /** Whether a directory holds flows of an earlier run. */
  readonly holdsFlows: (dir: string) => boolean;
}

const whole = (low: number, high: number, what: string) =>
  z
    .string()
    .regex(/^\d{1,10}$/, `a whole number from ${low} to ${high} is right${what}`)
    .transform(Number)
    .refine((value) => value >= low && value <= high, `a whole number from ${low} to ${high} is right${what}`);

const path = z.string().min(1, "a path is right");
const onOff = z.stringbool({ truthy: ["1", "true", "yes", "on"], falsy: ["0", "false", "no", "off"], error: "1 or 0 is right" });

const SCHEMA = {
  host: z.string().refine(isListenAddress, "an IP address like 127.0.0.1 or ::1, or localhost, is right"),
  port: whole(0, 65535, " (0 = any free one)"),
  "allow-anonymous": onOff,
  "allow-host": z.string().regex(/^[a-zA-Z0-9.-]{1,253}$/, "a host name like weir.example.com is right"),
  data: path,
  file: path.refine((text) => text !== "-", "standard input is read with --stdin"),
  follow: onOff,
  stdin: onOff,
  "agent-logs": onOff,
  ...AGENT_LOGS_SCHEMA,
  demo: onOff,
  "demo-seed": whole(0, 2_147_483_647, ""),
  "demo-flows": whole(1, 20_000_000, ""),
  "retention-days": whole(0, 36_500, " (0 = never forget)"),
  "retention-size": z
    .string()
    .regex(/^(0|\d{1,7}(\.\d+)? ?(MB|MiB|GB|GiB|M|G)?)$/i, "a size like 500MB or 10GB, or 0, is right")
    .transform(megabytesOf)
    .refine((value) => value === 0 || value >= 50, "at least 50MB is right, or 0")
    .transform((megabytes) => megabytes * 1_048_576),
  memory: z
    .string()
    .regex(/^\d{1,7}(\.\d+)? ?(MB|MiB|GB|GiB|M|G)?$/i, "a size like 512MB or 2GB is right")
    .transform(megabytesOf)
    .refine((value) => value >= 128 && value <= 1_048_576, "from 128MB to 1024GB is right"),
  ...RELAY_SCHEMA,
  ...ADX_SCHEMA,
  dev: onOff,
} as const satisfies { readonly [N in Exclude<OptionName, "help" | "version">]: z.ZodType };

type Checked = { readonly [N in keyof typeof SCHEMA]: readonly z.infer<(typeof SCHEMA)[N]>[] };

/** Reads everything, names everything wrong at once. */
export function readConfig(around: Surroundings): ConfigResult {
  const { values, problems: unknown } = readOptions(around.argv, around.env);
  if (values.has("help")) return { is: "show", what: "help" };
  if (values.has("version")) return { is: "show", what: "version" };
  const problems = [...unknown];
  const check = <T>(name: keyof typeof SCHEMA, schema: z.ZodType<T>): T[] =>
    (values.get(name) ?? []).flatMap((given) => checkOne(schema, given, problems));
  const checked = {
    host: check("host", SCHEMA.host),
    port: check("port", SCHEMA.port),
    "allow-anonymous": check("allow-anonymous", SCHEMA["allow-anonymous"]),
    "allow-host": check("allow-host", SCHEMA["allow-host"]),
    data: check("data", SCHEMA.data),
    file: check("file", SCHEMA.file),
    follow: check("follow", SCHEMA.follow),
    stdin: check("stdin", SCHEMA.stdin),
    "agent-logs": check("agent-logs", SCHEMA["agent-logs"]),
    kubeconfig: check("kubeconfig", SCHEMA.kubeconfig),
    "kube-context": check("kube-context", SCHEMA["kube-context"]),
    "agent-namespace": check("agent-namespace", SCHEMA["agent-namespace"]),
    "agent-selector": check("agent-selector", SCHEMA["agent-selector"]),
    "agent-logs-since": check("agent-logs-since", SCHEMA["agent-logs-since"]),
    "agent-logs-silence": check("agent-logs-silence", SCHEMA["agent-logs-silence"]),
    relay: check("relay", SCHEMA.relay),
    "relay-insecure": check("relay-insecure", SCHEMA["relay-insecure"]),
    "relay-ca": check("relay-ca", SCHEMA["relay-ca"]),
    "relay-cert": check("relay-cert", SCHEMA["relay-cert"]),
    "relay-key": check("relay-key", SCHEMA["relay-key"]),
    "relay-server-name": check("relay-server-name", SCHEMA["relay-server-name"]),
    demo: check("demo", SCHEMA.demo),
    "demo-seed": check("demo-seed", SCHEMA["demo-seed"]),
    "demo-flows": check("demo-flows", SCHEMA["demo-flows"]),
    "retention-days": check("retention-days", SCHEMA["retention-days"]),
    "retention-size": check("retention-size", SCHEMA["retention-size"]),
    memory: check("memory", SCHEMA.memory),
    store: check("store", SCHEMA.store),
    "adx-cluster": check("adx-cluster", SCHEMA["adx-cluster"]),
    "adx-database": check("adx-database", SCHEMA["adx-database"]),
    "adx-sign-in": check("adx-sign-in", SCHEMA["adx-sign-in"]),
    "adx-client-id": check("adx-client-id", SCHEMA["adx-client-id"]),
    "adx-tenant-id": check("adx-tenant-id", SCHEMA["adx-tenant-id"]),
    "adx-secret-file": check("adx-secret-file", SCHEMA["adx-secret-file"]),
    "adx-shape": check("adx-shape", SCHEMA["adx-shape"]),
    "adx-mapping": check("adx-mapping", SCHEMA["adx-mapping"]),
    "adx-table": check("adx-table", SCHEMA["adx-table"]),
    "adx-days": check("adx-days", SCHEMA["adx-days"]),
    "adx-timeout": check("adx-timeout", SCHEMA["adx-timeout"]),
    "adx-fill-hours": check("adx-fill-hours", SCHEMA["adx-fill-hours"]),
    "adx-trust-host": check("adx-trust-host", SCHEMA["adx-trust-host"]),
    dev: check("dev", SCHEMA.dev),
  } satisfies Checked;
  const config = assemble(checked, around);
  const given = new Set(values.keys());
  problems.push(...contradictions(config, checked), ...relayProblems(checked, given), ...adxProblems(checked, given, around.cwd));
  return problems.length > 0 ? { is: "wrong", problems } : { is: "config", config };
}

function checkOne<T>(schema: z.ZodType<T>, given: Given, problems: string[]): T[] {
  const read = schema.safeParse(given.text);
  if (read.success) return [read.data];
  const link = /^(tcp|udp):\/\//.test(given.text) ? "; Kubernetes set it for a Service named weir, see enableServiceLinks" : "";
  problems.push(`${given.where} ${JSON.stringify(given.text)}: ${read.error.issues[0]?.message ?? "not understood"}${link}`);
  return [];
}

function assemble(checked: Checked, around: Surroundings): Config {
  const data = checked.data.at(-1);
  const dataDir = resolve(around.cwd, data ?? around.defaultDataDir);
  const files = checked.file.map((file) => resolve(around.cwd, file));
  const stdin = checked.stdin.at(-1) ?? false;
  const agentLogs = checked["agent-logs"].at(-1) === true ? agentLogsSettings(checked, around.cwd) : undefined;
  const relays = relaySettings(checked, around.cwd);
  const feeds = hasFeeds({ files, stdin, agentLogs, relays });
  const adx = adxSettings(checked, around.cwd);
  const inAdx = checked.store.at(-1) === "adx";
  const wantsDemo = checked.demo.at(-1) ?? (!inAdx && !feeds && !(data !== undefined && around.holdsFlows(dataDir)));
  return {
    host: checked.host.at(-1) ?? "127.0.0.1",
    port: checked.port.at(-1) ?? 8080,
    allowAnonymous: checked["allow-anonymous"].at(-1) ?? false,
    allowedHosts: checked["allow-host"].map((name) => name.toLowerCase()),
    dataDir,
    files,
    follow: checked.follow.at(-1) ?? false,
    stdin,
    agentLogs,
    relays,
    demo: wantsDemo ? { seed: checked["demo-seed"].at(-1) ?? 7, flows: checked["demo-flows"].at(-1) ?? 300_000 } : undefined,
    retentionDays: checked["retention-days"].at(-1) ?? 0,
    retentionBytes: checked["retention-size"].at(-1) ?? 0,
    memoryMb: checked.memory.at(-1) ?? 512,
    adx,
    fillHours: checked["adx-fill-hours"].at(-1) ?? 2,
    dev: checked.dev.at(-1) ?? false,
  };
}

function contradictions(config: Config, checked: Checked): string[] {
  const problems: string[] = [];
  const feeds = hasFeeds(config);
  if (config.demo !== undefined && feeds)
    problems.push("--demo and a feed (--file, --stdin, --agent-logs, --relay) exclude one another: demo data never mixes with real flows");
  if (config.follow && config.files.length === 0) problems.push("--follow: only together with --file");
  problems.push(...agentLogsProblems(checked, config.agentLogs !== undefined));
  if (config.demo === undefined && (checked["demo-seed"].length > 0 || checked["demo-flows"].length > 0))
    problems.push("--demo-seed and --demo-flows are for demo data, and this run has none");
  if (!isLoopback(config.host) && !config.allowAnonymous)
    problems.push(
      `--host ${config.host}: everybody who reaches this address could read every flow, because nobody is asked to sign in. ` +
        "Listen on 127.0.0.1, or add --allow-anonymous if a proxy or a network policy guards it",
    );
  return problems;
}

function isListenAddress(text: string): boolean {
  return text === "localhost" || isIP(text) !== 0;
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function megabytesOf(text: string): number {
  const value = Number.parseFloat(text);
  return /g/i.test(text) ? value * 1024 : value;
}
