/** What kind of event it was: type, verdict, direction, drop reason, protocol. */
import { TCP_FLAGS } from "#lib/flows/flow-detail.ts";
import { DROP_REASON_NAMES, nameOfNumber } from "../criteria/enum-names.ts";
import { PROTOCOLS } from "../criteria/protocol.ts";
import type { EventTypeValue, InterfaceValue, TcpFlagsValue } from "../filter.ts";
import { allOf, anyOf, numberIn, textIn } from "./kql-tests.ts";
import { KqlRefusal, type KqlWriter } from "./kql-writer.ts";

/** A row without an event type never passes; the sub type counts only with `match_sub_type`, and an absent one is 0. */
export function eventTypeIn(write: KqlWriter, values: readonly EventTypeValue[]): string {
  const type = `coalesce(${write.column("event_type")}, int(-1))`;
  const terms = values.map(({ type: wanted = 0, match_sub_type = false, sub_type = 0 }) =>
    allOf([
      wanted === 0 ? `${type} >= 0` : `(${type} >= 0 and ${type} == ${write.number(wanted)})`,
      ...(match_sub_type ? [`coalesce(${write.column("event_sub_type")}, int(0)) == ${write.number(sub_type)}`] : []),
    ]),
  );
  return anyOf(terms);
}

/** Names of enum values; the name of an enum's 0 also selects rows that do not carry the field. */
export function enumTexts(values: readonly string[], names: ReadonlyMap<number, string>): readonly string[] {
  const zero = names.get(0);
  return values.map((value) => nameOfNumber(value, names)).flatMap((name) => (name === zero ? [name, ""] : [name]));
}

export function dropReasonIn(write: KqlWriter, values: readonly string[]): string {
  return `(${write.column("verdict")} == "DROPPED" and ${textIn(write, "drop_reason_desc", enumTexts(values, DROP_REASON_NAMES))})`;
}

const L7: ReadonlySet<string> = new Set(["dns", "http", "kafka"]);

/** Names of layers 4 and 7 are OR-ed. Cilium folds case as Unicode does: the Kelvin sign is a k. */
export function protocolIn(write: KqlWriter, values: readonly string[]): string {
  const names = values.map((value) => value.toLowerCase());
  const l7 = names.filter((name) => L7.has(name));
  const l4 = names.flatMap((name) => PROTOCOLS.get(name) ?? []);
  return anyOf([...(l4.length > 0 ? [textIn(write, "protocol", l4)] : []), ...(l7.length > 0 ? [textIn(write, "l7_protocol", l7)] : [])]);
}

/** A flow that does not say counts as no reply where it was dropped, and as neither where it was not. */
export function replyIs(write: KqlWriter, values: readonly boolean[]): string {
  const reply = write.column("is_reply");
  const terms = values.includes(true) ? [`coalesce(${reply}, false)`] : [];
  if (values.includes(false)) terms.push(`not(coalesce(${reply}, ${write.column("verdict")} != "DROPPED"))`);
  return anyOf(terms);
}

/** Lines leave port 0 out, so that a flow of a protocol with ports and none on its line has port 0 to an agent. */
export function portNumberIn(write: KqlWriter, fact: "source_port" | "destination_port", values: readonly string[]): string {
  const numbers = values.map(Number);
  const terms = [numberIn(write, fact, numbers, -1)];
  if (numbers.includes(0))
    terms.push(`(coalesce(${write.column(fact)}, int(-1)) < 0 and ${textIn(write, "protocol", ["TCP", "UDP", "SCTP"])})`);
  return anyOf(terms);
}

export function encryptedIs(write: KqlWriter, values: readonly boolean[]): string {
  const encrypted = `coalesce(${write.column("encrypted")}, false)`;
  return anyOf([...(values.includes(true) ? [encrypted] : []), ...(values.includes(false) ? [`not(${encrypted})`] : [])]);
}

/** All flags that are true have to be set; what is false is not looked at. */
export function tcpFlagsIn(write: KqlWriter, values: readonly TcpFlagsValue[]): string {
  const flags = write.column("tcp_flags");
  return anyOf(
    values.map((value) =>
      allOf([
        `isnotnull(${flags})`,
        ...TCP_FLAGS.filter((flag) => value[flag] === true).map((flag) => `coalesce(tobool(${flags}.${flag}), false)`),
      ]),
    ),
  );
}

export function interfaceIn(write: KqlWriter, values: readonly InterfaceValue[]): string {
  return anyOf(
    values.map(({ index = 0, name = "" }) => {
      if (index === 0 && name === "") throw new KqlRefusal("A table row does not tell an interface without index and name from none.");
      return allOf([
        ...(index === 0 ? [] : [`coalesce(${write.column("interface_index")}, int(0)) == ${write.number(index)}`]),
        ...(name === "" ? [] : [`${write.column("interface_name")} == ${write.text(name)}`]),
      ]);
    }),
  );
}
