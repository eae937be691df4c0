/** Reads the holes whose content differs from line to line: times, uuids, ports, values nobody reads. Every byte is checked. */
import { parseTime } from "#lib/flows/flow-time.ts";
import { readUuidAt } from "#lib/flows/uuid-words.ts";
import { parseBlock } from "./block-pool.ts";
import type { HoleReader } from "./find-holes.ts";
import { headOf } from "./line-heads.ts";
import { detachedSlice, ownCopy } from "./line-text.ts";
import { endOfValue } from "./scan-json.ts";

export type PlainReader = Extract<
  HoleReader,
  "time" | "sameTime" | "uuid" | "sourcePort" | "destinationPort" | "headWords" | "headTime" | "value"
>;

const DAY = /^\d{4}-\d\d-\d\dT$/;
const DAY_LENGTH = 11;
const SECOND_LENGTH = 19;
const UUID_LENGTH = 36;
const VALUE_MAX = 65_536;
const COLON = 0x3a;
const POWERS = [1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1] as const;
const PLAIN_SCALAR = /^(?:"[ !#-[\]-~]*"|0|-?[1-9]\d{0,14}|true|false)$/;

export class PlainHoles {
  line = "";
  /** Nanoseconds since 1970 of the time's second, as two words, and those above it. */
  secondLow = 0;
  secondHigh = 0;
  nanos = 0;
  /** Whether the time is written as Go does and not as protojson does. */
  isShortTime = false;
  timeStart = 0;
  timeEnd = 0;
  readonly uuid = new Uint32Array(4);
  sourcePort = -1;
  destinationPort = -1;
  /** The text of the hole read last, where nothing else tells it. */
  text = "";
  headWords = "";
  private port = -1;
  private day = "";
  private dayNs = 0n;
  private second = "";

  begin(line: string): void {
    this.line = line;
    this.isShortTime = false;
  }

  /** Where the hole at `at` ends, -1 when it holds something else. */
  read(reader: PlainReader, at: number): number {
    switch (reader) {
      case "time":
        return this.readTime(at);
      case "uuid":
        return this.readUuid(at);
      case "sourcePort": {
        const end = this.readPort(at);
        this.sourcePort = this.port;
        return end;
      }
      case "destinationPort": {
        const end = this.readPort(at);
        this.destinationPort = this.port;
        return end;
      }
      case "sameTime": {
        const end = at + this.timeEnd - this.timeStart;
        return this.line.slice(at, end) === this.line.slice(this.timeStart, this.timeEnd) ? end : -1;
      }
      case "headWords":
        return this.readHeadWords(at);
      case "headTime":
        return this.readHeadTime(at);
      case "value":
        return this.readValue(at);
    }
  }

  private readTime(at: number): number {
    const line = this.line;
    const dot = at + SECOND_LENGTH;
    if (line.slice(at, dot) !== this.second && !this.enterSecond(at)) return -1;
    let end = dot;
    let nanos = 0;
    let isShort = false;
    if (line.charCodeAt(dot) === 0x2e) {
      let digits = 0;
      for (; digits < 10; digits++) {
        const digit = line.charCodeAt(dot + 1 + digits) - 0x30;
        if (!(digit >= 0 && digit <= 9)) break;
        nanos = nanos * 10 + digit;
      }
      if (digits === 0 || digits > 9) return -1;
      nanos *= POWERS[digits] ?? 0;
      isShort = !isProtojson(digits, nanos);
      if (isShort && line.charCodeAt(dot + digits) === 0x30) return -1;
      end = dot + 1 + digits;
    }
    if (line.charCodeAt(end) !== 0x5a) return -1;
    this.isShortTime = isShort;
    this.nanos = nanos;
    this.timeStart = at;
    this.timeEnd = end + 1;
    return end + 1;
  }

  private enterSecond(at: number): boolean {
    const line = this.line;
    const clock = at + DAY_LENGTH;
    if (line.slice(at, clock) !== this.day && !this.enterDay(line.slice(at, clock))) return false;
    const hour = twoDigits(line, clock);
    const minute = twoDigits(line, clock + 3);
    const second = twoDigits(line, clock + 6);
    if (!(hour < 24 && minute < 60 && second < 60) || line.charCodeAt(clock + 2) !== COLON || line.charCodeAt(clock + 5) !== COLON)
      return false;
    this.second = this.day + line.slice(clock, clock + 8);
    const ns = this.dayNs + BigInt((hour * 60 + minute) * 60 + second) * 1_000_000_000n;
    this.secondLow = Number(BigInt.asUintN(32, ns));
    this.secondHigh = Number(ns >> 32n);
    return true;
  }

  private enterDay(text: string): boolean {
    const ns = DAY.test(text) ? parseTime(`${text}00:00:00Z`) : undefined;
    if (ns === undefined) return false;
    this.day = ownCopy(text);
    this.dayNs = ns;
    return true;
  }

  private readUuid(at: number): number {
    return readUuidAt(this.line, at, this.uuid) ? at + UUID_LENGTH : -1;
  }

  private readPort(at: number): number {
    const line = this.line;
    let port = 0;
    let end = at;
    for (; end < at + 6; end++) {
      const digit = line.charCodeAt(end) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      port = port * 10 + digit;
    }
    if (port === 0 || port > 65535 || line.charCodeAt(at) === 0x30) return -1;
    this.port = port;
    return end;
  }

  /** What stands before the time, or before the JSON where the head has none. */
  private readHeadWords(at: number): number {
    const line = this.line;
    const known = at + this.headWords.length;
    if (this.headWords === "" || line.slice(at, known) !== this.headWords) {
      const head = headOf(line);
      const end = head.timeText === "" ? head.end : head.timeStart;
      if (end <= at) return -1;
      this.headWords = ownCopy(line.slice(at, end));
    }
    return at + this.headWords.length;
  }

  private readHeadTime(at: number): number {
    const head = headOf(this.line);
    if (head.timeText === "" || head.timeStart !== at) return -1;
    this.text = detachedSlice(this.line, at, at + head.timeText.length);
    return at + head.timeText.length;
  }

  /** A value nobody reads: any complete JSON. */
  private readValue(at: number): number {
    const end = endOfValue(this.line, at);
    if (end === at || end - at > VALUE_MAX) return -1;
    const text = this.line.slice(at, end);
    if (!PLAIN_SCALAR.test(text) && !parseBlock(text)) return -1;
    this.text = detachedSlice(this.line, at, end);
    return end;
  }
}

/** The number that two digits make, NaN when they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Whether protojson writes a fraction with this many digits: 3, 6 or 9, as few as keep the value. */
function isProtojson(digits: number, nanos: number): boolean {
  if (digits === 3) return nanos !== 0;
  if (digits === 6) return nanos % 1_000_000 !== 0;
  return digits === 9 && nanos % 1000 !== 0;
}
