/** The texts of every IPv4 prefix inside another one, as one regular expression. */
import type { IpRange } from "../ip-address.ts";
import { KqlRefusal } from "./kql-writer.ts";

const OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
const WIDTH = 32;

/** A prefix lies inside where its first bits are the same and it is no shorter; what follows those bits does not count. */
export function cidrRegex({ version, first, last }: IpRange): string {
  if (version === 6) throw new KqlRefusal("KQL cannot tell whether an IPv6 cidr: label lies inside another prefix.");
  const bits = WIDTH - (last - first).toString(2).replace(/^0$/, "").length;
  const octets = [24n, 16n, 8n, 0n].map((shift, index) => {
    const [low, high] = [Number((first >> shift) & 255n), Number((last >> shift) & 255n)];
    return bits <= index * 8 ? OCTET : low === high ? String(low) : oneOf(low, high);
  });
  return `${octets.join(String.raw`\.`)}/${oneOf(bits, WIDTH)}`;
}

function oneOf(low: number, high: number): string {
  return `(?:${Array.from({ length: high - low + 1 }, (_, index) => low + index).join("|")})`;
}
