/** Scalar functions over IP addresses and prefixes: null where an argument is neither. */
import { isIPv4, isIPv6 } from "node:net";
import { type FunctionTable, textAt, valueAt } from "./function-arguments.ts";
import { isArray, textOfValue, type Value } from "./kql-values.ts";

interface Prefix {
  readonly bits: bigint;
  readonly length: number;
}

type Reader = (text: string) => Prefix | null;

export const addressFunctions: FunctionTable = {
  ipv4_is_in_range: (args) => isIn(readIpv4, textAt(args, 0), textAt(args, 1), 32),
  ipv6_is_in_range: (args) => isIn(readIpv6, textAt(args, 0), textAt(args, 1), 128),
  ipv4_is_in_any_range: (args) => isInAny(readIpv4, args, 32),
  ipv6_is_in_any_range: (args) => isInAny(readIpv6, args, 128),
  ipv4_is_match: (args) => isMatch(readIpv4, args, 32),
  ipv6_is_match: (args) => isMatch(readIpv6, args, 128),
  parse_ipv6: (args) => {
    const read = readIpv6(textAt(args, 0));
    if (read === null) return "";
    const hex = read.bits.toString(16).padStart(32, "0");
    return hex.replace(/(.{4})(?=.)/g, "$1:");
  },
};

function isIn(read: Reader, address: string, range: string, bits: number): boolean | null {
  const [one, other] = [read(address), read(range)];
  return one === null || other === null ? null : agree(one, other, other.length, bits);
}

function isInAny(read: Reader, args: readonly Value[], bits: number): boolean | null {
  const ranges = args.slice(1).flatMap((value) => (isArray(value) ? value : [value]));
  const found = ranges.map((range) => isIn(read, textAt(args, 0), textOfValue(range, ""), bits));
  return found.includes(true) ? true : found.includes(null) ? null : false;
}

/** Compared in the shortest of both prefixes and the one given. */
function isMatch(read: Reader, args: readonly Value[], bits: number): boolean | null {
  const [one, other] = [read(textAt(args, 0)), read(textAt(args, 1))];
  const given = valueAt(args, 2);
  if (one === null || other === null) return null;
  return agree(one, other, Math.min(one.length, other.length, typeof given === "number" ? given : bits), bits);
}

function agree(one: Prefix, other: Prefix, length: number, bits: number): boolean {
  const rest = BigInt(bits - length);
  return one.bits >> rest === other.bits >> rest;
}

function readIpv4(text: string): Prefix | null {
  const [address = "", length = "32"] = text.split("/");
  if (!isIPv4(address) || !/^\d{1,2}$/.test(length) || Number(length) > 32) return null;
  return { bits: ipv4Bits(address), length: Number(length) };
}

/** IPv4 counts as mapped into IPv6, as the ipv6 functions of Kusto do. */
function readIpv6(text: string): Prefix | null {
  const ipv4 = readIpv4(text);
  if (ipv4 !== null) return { bits: (0xffffn << 32n) | ipv4.bits, length: ipv4.length + 96 };
  const [address = "", length = "128"] = text.split("/");
  if (!isIPv6(address) || address.includes("%") || !/^\d{1,3}$/.test(length) || Number(length) > 128) return null;
  return { bits: ipv6Bits(address), length: Number(length) };
}

function ipv4Bits(address: string): bigint {
  return address.split(".").reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}

function ipv6Bits(address: string): bigint {
  const tail = /:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  const mapped = tail === undefined ? "" : ipv4Bits(tail).toString(16).padStart(8, "0");
  const whole = tail === undefined ? address : `${address.slice(0, -tail.length)}${mapped.slice(0, 4)}:${mapped.slice(4)}`;
  const [left = "", right] = whole.split("::");
  const words = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const end = right === undefined ? [] : words(right);
  const filled = [...words(left), ...Array.from({ length: 8 - words(left).length - end.length }, () => "0"), ...end];
  return filled.reduce((bits, word) => (bits << 16n) | BigInt(`0x${word}`), 0n);
}
