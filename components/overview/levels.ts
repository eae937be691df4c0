/** Which level each ranked panel counts by, as `by` in the address says, and where its switch leads. */
import { DESTINATION_LEVELS, type Dimension, type Grouping, SENDER_LEVELS } from "#lib/flows/dimension.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";

export type SenderLevel = (typeof SENDER_LEVELS)[number];
export type DestinationLevel = (typeof DESTINATION_LEVELS)[number];

export const LEVEL_WORDS: { readonly [L in SenderLevel | DestinationLevel | "port"]: { readonly one: string; readonly many: string } } = {
  pod: { one: "pod", many: "pods" },
  workload: { one: "workload", many: "workloads" },
  namespace: { one: "namespace", many: "namespaces" },
  cluster: { one: "cluster", many: "clusters" },
  group: { one: "group", many: "groups" },
  cidr: { one: "CIDR", many: "CIDRs" },
  ip: { one: "address", many: "addresses" },
  name: { one: "DNS name", many: "DNS names" },
  port: { one: "port", many: "ports" },
};

export function senderLevel(by: readonly Grouping[]): SenderLevel {
  return SENDER_LEVELS.find((level) => by.includes(level)) ?? "workload";
}

export function destinationLevel(by: readonly Grouping[]): DestinationLevel {
  return DESTINATION_LEVELS.find((level) => by.includes(level)) ?? "group";
}

export interface LevelLink {
  readonly word: string;
  readonly href: string;
}

/** Links that change one side's level and keep the other's; the usual levels need no parameter. */
export function senderLinks(search: Search): readonly LevelLink[] {
  return SENDER_LEVELS.map((level) => link(search, level, level, destinationLevel(search.by)));
}

export function destinationLinks(search: Search): readonly LevelLink[] {
  return DESTINATION_LEVELS.map((level) => link(search, level, senderLevel(search.by), level));
}

function link(search: Search, shown: SenderLevel | DestinationLevel, sender: SenderLevel, destination: DestinationLevel): LevelLink {
  const by: Dimension[] = [...(sender === "workload" ? [] : [sender]), ...(destination === "group" ? [] : [destination])];
  return { word: LEVEL_WORDS[shown].one, href: hrefOf("/", { ...search, by }) };
}
