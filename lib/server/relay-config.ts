/** The options of Hubble Relay: what right values look like, and what they contradict. */
import { resolve } from "node:path";
import { z } from "zod";

export interface RelayConfig {
  /** Host and port. */
  readonly address: string;
  readonly insecure: boolean;
  /** Absolute paths. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly serverName: string | undefined;
}

const TLS_OPTIONS = ["relay-ca", "relay-cert", "relay-key", "relay-server-name"] as const;

const path = z.string().min(1, "a path is right");
const NAME = /^[a-zA-Z0-9*]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?$/;

export const RELAY_SCHEMA = {
  relay: z
    .string()
    .regex(
      /^([a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?|\[[0-9a-fA-F:.]{2,45}\]):\d{1,5}$/,
      "a host and a port like 127.0.0.1:4245 are right",
    )
    .refine((text) => isPort(text.slice(text.lastIndexOf(":") + 1)), "a port from 1 to 65535 is right"),
  "relay-insecure": z.stringbool({ truthy: ["1", "true", "yes", "on"], falsy: ["0", "false", "no", "off"], error: "1 or 0 is right" }),
  "relay-ca": path,
  "relay-cert": path,
  "relay-key": path,
  "relay-server-name": z.string().regex(NAME, "a name like instance.hubble-relay.cilium.io is right"),
} as const;

export type RelayChecked = { readonly [N in keyof typeof RELAY_SCHEMA]: readonly z.infer<(typeof RELAY_SCHEMA)[N]>[] };

/** In the order in which they were given. `cwd`: relative paths start there. */
export function relaySettings(checked: RelayChecked, cwd: string): readonly RelayConfig[] {
  /** Given once it is for every relay, else there is one for each. */
  const of = (name: (typeof TLS_OPTIONS)[number], index: number): string | undefined =>
    checked[name].length === 1 ? checked[name][0] : checked[name][index];
  const absolute = (name: "relay-ca" | "relay-cert" | "relay-key", index: number): string | undefined => {
    const given = of(name, index);
    return given === undefined ? undefined : resolve(cwd, given);
  };
  return checked.relay.map((address, index) => ({
    address,
    insecure: checked["relay-insecure"].at(-1) ?? false,
    ca: absolute("relay-ca", index),
    cert: absolute("relay-cert", index),
    key: absolute("relay-key", index),
    serverName: of("relay-server-name", index),
  }));
}

/** `given` = names of options that were given at all, right or wrong. */
export function relayProblems(checked: RelayChecked, given: ReadonlySet<string>): string[] {
  const own = [...given].filter((name) => name.startsWith("relay-"));
  if (!given.has("relay")) return own.length === 0 ? [] : [`${listed(own)}: only together with --relay`];
  const problems: string[] = [];
  const tls = TLS_OPTIONS.filter((name) => given.has(name));
  if (checked["relay-insecure"].at(-1) === true && tls.length > 0)
    problems.push(`--relay-insecure: not with ${listed(tls)}, which are for TLS`);
  const twice = checked.relay.filter((address, index) => checked.relay.indexOf(address) !== index);
  if (twice.length > 0) problems.push(`--relay ${[...new Set(twice)].join(", ")}: given twice`);
  for (const name of tls) {
    const { length } = checked[name];
    if (length > 1 && length !== checked.relay.length)
      problems.push(
        `--${name}: given ${length} times for ${countOf(checked.relay.length)}; once is for all of them, else each has its own, in order`,
      );
  }
  if (given.has("relay-cert") !== given.has("relay-key")) problems.push("--relay-cert and --relay-key: only together");
  return problems;
}

function listed(names: readonly string[]): string {
  return names.map((name) => `--${name}`).join(", ");
}

function countOf(relays: number): string {
  return relays === 1 ? "1 relay" : `${relays} relays`;
}

function isPort(text: string): boolean {
  return Number(text) >= 1 && Number(text) <= 65_535;
}
