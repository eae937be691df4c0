/** The packets of one attempt on a line: where each stands, and what their rhythm looks like in words. */

import { formatDuration } from "#lib/format/format-age.ts";
import { formatCount } from "#lib/format/format-count.ts";

export interface AttemptPacket {
  readonly id: string;
  readonly time: string;
  readonly packets: number;
}

export interface PacketDot {
  readonly id: string;
  /** 0 = the first packet, 1 = the last. */
  readonly place: number;
  readonly time: string;
}

export interface PacketLine {
  readonly dots: readonly PacketDot[];
  /** Milliseconds from the first to the last. */
  readonly length: number;
}

export function packetLine(attempt: readonly AttemptPacket[]): PacketLine {
  const times = attempt.map((packet) => millisOf(packet.time));
  const start = Math.min(...times);
  const length = attempt.length === 0 ? 0 : Math.max(...times) - start;
  return {
    length,
    dots: attempt.map((packet, index) => ({
      id: packet.id,
      time: packet.time,
      place: length === 0 ? 0 : ((times[index] ?? start) - start) / length,
    })),
  };
}

/** `5 packets, one connection try. Waits double: the app sees a timeout.` `limit` = packets that are told at most. */
export function packetWords(attempt: readonly AttemptPacket[], protocol: string, limit = 100): string {
  const packets = attempt.reduce((sum, packet) => sum + packet.packets, 0);
  const many = `${formatCount(packets)}${attempt.length >= limit ? " or more" : ""} ${packets === 1 ? "packet" : "packets"}`;
  const what = `${many}, ${protocol.startsWith("ICMP") ? "one pair of addresses" : "one connection try"}.`;
  return protocol === "TCP" && waitsDouble(attempt) ? `${what} Waits double: the app sees a timeout.` : what;
}

/** `+15.0 s` */
export function lengthWords(length: number): string {
  if (length < 1000) return `+${formatDuration(length)}`;
  return length < 120_000 ? `+${(length / 1000).toFixed(1)} s` : `+${formatDuration(length)}`;
}

/** SYN retransmissions: each wait about twice the one before. Needs three packets to be told from chance. */
function waitsDouble(attempt: readonly AttemptPacket[]): boolean {
  const times = attempt.map((packet) => millisOf(packet.time));
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? time));
  if (waits.length < 2) return false;
  return waits.slice(1).every((wait, index) => {
    const ratio = wait / (waits[index] ?? Number.NaN);
    return ratio > 1.6 && ratio < 2.6;
  });
}

/** With the fraction below a millisecond, which Date.parse drops. */
function millisOf(iso: string): number {
  const [, micros = ""] = /\.\d{3}(\d+)Z$/.exec(iso) ?? [];
  return Date.parse(iso) + (micros === "" ? 0 : Number(`0.${micros}`));
}
