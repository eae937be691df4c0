/** IPv6 addresses as agents write them. */
import { parseIp } from "#lib/filters/ip-address.ts";

/** The short form in small letters; undefined for what is no IPv6 address. A zone stays as it is. */
export function canonicalIpv6(text: string): string | undefined {
  const [address = "", ...zone] = text.split("%");
  if (!address.includes(":") || parseIp(address) === undefined) return undefined;
  const short = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  return [withDottedTail(short), ...zone].join("%");
}

/** Go writes IPv4 inside IPv6 with dots. */
function withDottedTail(short: string): string {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? [];
  if (high === undefined || low === undefined) return short;
  const bytes = [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255]);
  return `::ffff:${bytes.join(".")}`;
}
