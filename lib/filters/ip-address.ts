/** IP addresses and prefixes, read exactly as strictly as Go's net/netip does (Cilium 1.17 on): no leading zeros, no blanks. */

export interface IpAddress {
  readonly version: 4 | 6;
  readonly value: bigint;
}

/** The first and last address, both inside. */
export interface IpRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const MAX_OCTET = 255;
const GROUPS = 8;

/** Undefined for anything that is no address. A zone (`fe80::1%eth0`) is read and left out. */
export function parseIp(text: string): IpAddress | undefined {
  if (!text.includes(":")) {
    const value = parseIpv4(text);
    return value === undefined ? undefined : { version: 4, value: BigInt(value) };
  }
  const percent = text.indexOf("%");
  if (percent === text.length - 1) return undefined;
  const value = parseIpv6(percent < 0 ? text : text.slice(0, percent));
  return value === undefined ? undefined : { version: 6, value };
}

/** Host bits are allowed and ignored, zones are not: `10.20.30.40/8` is `10.0.0.0/8`. */
export function parsePrefix(text: string): IpRange | undefined {
  const slash = text.lastIndexOf("/");
  if (slash < 0 || text.includes("%")) return undefined;
  const address = parseIp(text.slice(0, slash));
  const bits = text.slice(slash + 1);
  if (address === undefined || !/^(?:0|[1-9][0-9]{0,2})$/.test(bits)) return undefined;
  const width = address.version === 4 ? 32 : 128;
  const free = width - Number(bits);
  if (free < 0) return undefined;
  const first = (address.value >> BigInt(free)) << BigInt(free);
  return { version: address.version, first, last: first + (1n << BigInt(free)) - 1n };
}

/** IPv4 prefixes hold IPv4 addresses only, IPv4-mapped IPv6 is IPv6. */
export function rangeHolds(range: IpRange, address: IpAddress): boolean {
  return range.version === address.version && range.first <= address.value && address.value <= range.last;
}

/** Whether every address of the inner range lies in the outer one. */
export function rangeCovers(outer: IpRange, inner: IpRange): boolean {
  return outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;
}

function parseIpv4(text: string): number | undefined {
  const octets = text.split(".");
  if (octets.length !== 4) return undefined;
  let value = 0;
  for (const octet of octets) {
    if (!/^(?:0|[1-9][0-9]{0,2})$/.test(octet)) return undefined;
    const number = Number(octet);
    if (number > MAX_OCTET) return undefined;
    value = value * 256 + number;
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 1 ? [] : groupsOf(halves[1] ?? "", true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = GROUPS - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

/** The 16-bit groups between colons; the last may be an IPv4 address where the text ends there. */
function groupsOf(text: string, endsHere: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const pieces = text.split(":");
  for (const [index, piece] of pieces.entries()) {
    if (piece.includes(".")) {
      const ipv4 = endsHere && index === pieces.length - 1 ? parseIpv4(piece) : undefined;
      if (ipv4 === undefined) return undefined;
      groups.push(Math.floor(ipv4 / 65_536), ipv4 % 65_536);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(piece)) groups.push(Number.parseInt(piece, 16));
    else return undefined;
  }
  return groups;
}
