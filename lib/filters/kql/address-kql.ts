/** `source_ip` and its like: a prefix, or an address compared as text. */
import { type IpRange, parsePrefix } from "../ip-address.ts";
import type { KqlFact } from "../kql-columns.ts";
import { anyOf, textIn } from "./kql-tests.ts";
import type { KqlWriter } from "./kql-writer.ts";

export function addressIn(write: KqlWriter, fact: KqlFact, values: readonly string[]): string {
  const texts = values.filter((value) => parsePrefix(value) === undefined);
  const ranges = values.map(parsePrefix).filter((range) => range !== undefined);
  const equal = texts.length > 0 ? [textIn(write, fact, texts)] : [];
  return anyOf([...equal, ...ranges.map((range) => inRange(write, fact, range))]);
}

/** Kusto takes a prefix for an address, and an IPv4 address for an IPv6 one (the functions' documentation); Cilium does neither. */
function inRange(write: KqlWriter, fact: KqlFact, range: IpRange): string {
  const column = write.column(fact);
  const isAddress = range.version === 4 ? "" : ` and ${column} contains_cs ":"`;
  return `(coalesce(ipv${range.version}_is_in_range(${column}, ${write.text(prefixText(range))}), false) and not(${column} contains_cs "/")${isAddress})`;
}

/** The network's own address, all groups written out: no host bits that an engine could read in another way. */
function prefixText({ version, first, last }: IpRange): string {
  const width = version === 4 ? 32 : 128;
  const bits = width - (last - first).toString(2).replace(/^0$/, "").length;
  const pieces =
    version === 4
      ? [24n, 16n, 8n, 0n].map((shift) => String((first >> shift) & 255n)).join(".")
      : Array.from({ length: 8 }, (_, index) => ((first >> BigInt(112 - 16 * index)) & 65_535n).toString(16)).join(":");
  return `${pieces}/${bits}`;
}
