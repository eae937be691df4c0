/** The options for Azure Data Explorer: what a right value looks like, and what they make together. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { type AdxSettings, SIGN_INS, TABLE_SHAPES } from "#lib/stores/adx/adx-settings.ts";
import { parseTableMapping, type TableMapping } from "#lib/stores/adx/table-mapping.ts";
import type { OptionName } from "./options.ts";

export const STORES = ["duckdb", "adx"] as const;

const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "an id like 00000000-0000-0000-0000-000000000000 is right");
const seconds = z
  .string()
  .regex(/^\d{1,4}$/, "seconds from 1 to 600 are right")
  .transform(Number)
  .refine((value) => value >= 1 && value <= 600, "seconds from 1 to 600 are right");
const hours = z
  .string()
  .regex(/^\d{1,2}$/, "hours from 1 to 48 are right")
  .transform(Number)
  .refine((value) => value >= 1 && value <= 48, "hours from 1 to 48 are right");
const days = z
  .string()
  .regex(/^\d{1,4}$/, "days from 1 to 3650 are right")
  .transform(Number)
  .refine((value) => value >= 1 && value <= 3650, "days from 1 to 3650 are right");

export const ADX_SCHEMA = {
  store: z.enum(STORES, `one of ${STORES.join(", ")} is right`),
  "adx-cluster": z.string().refine(isClusterAddress, "an address like https://name.region.kusto.windows.net is right"),
  "adx-database": z.string().regex(/^[\w .-]{1,260}$/, "a database name is right"),
  "adx-sign-in": z.enum(SIGN_INS, `one of ${SIGN_INS.join(", ")} is right`),
  "adx-client-id": guid,
  "adx-tenant-id": guid,
  "adx-secret-file": z.string().min(1, "a path is right"),
  "adx-shape": z.enum(TABLE_SHAPES, `one of ${TABLE_SHAPES.join(", ")} is right`),
  "adx-mapping": z.string().min(1, "a path is right"),
  "adx-table": z.string().regex(/^[A-Za-z_][\w-]{0,254}$/, "a table name is right"),
  "adx-days": days,
  "adx-timeout": seconds,
  "adx-fill-hours": hours,
  "adx-trust-host": z.string().regex(/^[a-zA-Z0-9.-]{1,253}$/, "a host name like adx.example.com is right"),
} as const satisfies Partial<Record<OptionName, z.ZodType>>;

export type AdxChecked = { readonly [N in keyof typeof ADX_SCHEMA]: readonly z.infer<(typeof ADX_SCHEMA)[N]>[] };

/** Undefined where another store is used, or where something is wrong that `adxProblems` names. */
export function adxSettings(checked: AdxChecked, cwd: string): AdxSettings | undefined {
  const cluster = checked["adx-cluster"].at(-1);
  const database = checked["adx-database"].at(-1);
  if (checked.store.at(-1) !== "adx" || cluster === undefined || database === undefined) return undefined;
  const secretFile = checked["adx-secret-file"].at(-1);
  return {
    cluster: cluster.replace(/\/+$/, ""),
    database,
    signIn: checked["adx-sign-in"].at(-1) ?? (isLoopbackAddress(cluster) ? "none" : "workload"),
    clientId: checked["adx-client-id"].at(-1) ?? "",
    tenantId: checked["adx-tenant-id"].at(-1) ?? "",
    secretFile: secretFile === undefined ? "" : resolve(cwd, secretFile),
    shape: checked["adx-shape"].at(-1) ?? "typed",
    mapping: mappingIn(checked, cwd).mapping,
    table: checked["adx-table"].at(-1) ?? "",
    days: checked["adx-days"].at(-1) ?? 14,
    timeoutMs: (checked["adx-timeout"].at(-1) ?? 60) * 1000,
    concurrency: 6,
    cacheSeconds: 15,
    trustedHosts: checked["adx-trust-host"].map((host) => host.toLowerCase()),
  };
}

/** Feeds that show what a cluster does not have yet. */
const FILLING = ["agent-logs", "relay", "stdin", "file"];

/** What the options for a cluster contradict. `given` = names of options that were given at all, right or wrong. */
export function adxProblems(checked: AdxChecked, given: ReadonlySet<string>, cwd: string): string[] {
  const own = [...given].filter((name) => name.startsWith("adx-"));
  if (checked.store.at(-1) !== "adx") return own.length === 0 ? [] : [`${listed(own)}: only together with --store adx`];
  const problems: string[] = [];
  const missing = ["adx-cluster", "adx-database"].filter((name) => !given.has(name));
  if (missing.length > 0) problems.push(`--store adx: needs ${listed(missing)}`);
  const refused = ["demo", "retention-days"].filter((name) => given.has(name));
  if (refused.length > 0)
    problems.push(`${listed(refused)}: not with --store adx, where flows come by Fluent Bit and stay as long as the table says`);
  if (given.has("file") && !given.has("follow"))
    problems.push("--file: not with --store adx, unless --follow goes on with it: feeds show there what the cluster does not have yet");
  if (given.has("adx-fill-hours") && !FILLING.some((name) => given.has(name)))
    problems.push(`--adx-fill-hours: only together with a feed (${listed(FILLING)})`);
  const cluster = checked["adx-cluster"].at(-1);
  const signIn = checked["adx-sign-in"].at(-1);
  if (cluster !== undefined && signIn === "none" && !isLoopbackAddress(cluster)) {
    const host = new URL(cluster).hostname;
    if (!checked["adx-trust-host"].some((trusted) => trusted.toLowerCase() === host))
      problems.push(`--adx-sign-in none: only for a cluster on this machine, or with --adx-trust-host ${host}`);
  }
  if (signIn === "secret") {
    const needed = ["adx-client-id", "adx-tenant-id", "adx-secret-file"].filter((name) => !given.has(name));
    if (needed.length > 0) problems.push(`--adx-sign-in secret: needs ${listed(needed)}`);
  }
  const { problem } = mappingIn(checked, cwd);
  if (problem !== undefined) problems.push(problem);
  return problems;
}

/** What the file of a custom table says. */
function mappingIn(
  checked: AdxChecked,
  cwd: string,
): { readonly mapping?: TableMapping | undefined; readonly problem?: string | undefined } {
  const path = checked["adx-mapping"].at(-1);
  const isCustom = checked["adx-shape"].at(-1) === "custom";
  if (path === undefined) return isCustom ? { problem: "--adx-shape custom: needs --adx-mapping" } : {};
  if (!isCustom) return { problem: "--adx-mapping: only together with --adx-shape custom" };
  let text: string;
  try {
    text = readFileSync(resolve(cwd, path), "utf8");
  } catch {
    return { problem: `--adx-mapping ${JSON.stringify(path)}: the file cannot be read` };
  }
  const read = parseTableMapping(text);
  return "mapping" in read ? read : { problem: `--adx-mapping ${JSON.stringify(path)}: ${read.problem}` };
}

function listed(names: readonly string[]): string {
  return names.map((name) => `--${name}`).join(", ");
}

/** https, or http on this machine; no user, no path, nothing that a connection string would read as more than an address. */
function isClusterAddress(text: string): boolean {
  if (!URL.canParse(text) || /[;=\s]/.test(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  const bare = username === "" && password === "" && search === "" && hash === "" && /^\/*$/.test(pathname);
  return bare && (protocol === "https:" || (protocol === "http:" && isLoopbackAddress(text)));
}

function isLoopbackAddress(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
