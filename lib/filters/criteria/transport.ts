/** `tcp_flags` and `interface`: what the packet carried and where it passed. */
import { TCP_FLAGS } from "#lib/flows/flow-detail.ts";
import { type Criterion, carriedBy } from "../criterion.ts";
import type { InterfaceValue, TcpFlagsValue } from "../filter.ts";
import { testOn } from "../flow-part.ts";
import { boolField, messageList, textField, uint32Field } from "../json-value.ts";
import { either, named } from "./say.ts";

const flagFields = {
  FIN: boolField,
  SYN: boolField,
  RST: boolField,
  PSH: boolField,
  ACK: boolField,
  URG: boolField,
  ECE: boolField,
  CWR: boolField,
  NS: boolField,
};

/** A flag that is false asks for nothing; a value without any flag lets every flow through that carries flags. */
export const tcpFlags: Criterion<"tcp_flags"> = {
  name: "tcp_flags",
  origin: { kind: "cilium", since: "1.13" },
  schema: messageList(flagFields),
  label: "TCP flags",
  help: "Flags that are all set, such as SYN and ACK; other flags may be set too.",
  place: "port",
  parts: ["detail"],
  carriedBy: carriedBy(),
  build: (values) => {
    const wanted = values.map((value) => TCP_FLAGS.filter((flag) => value[flag] === true));
    return {
      test: testOn("detail", ({ tcpFlags: set }) => set !== undefined && wanted.some((flags) => flags.every((flag) => set.includes(flag)))),
    };
  },
  valueText: flagsText,
  phrase: (values) => `TCP flags ${either(values)}`,
};

function flagsText(value: TcpFlagsValue): string {
  const set = TCP_FLAGS.filter((flag) => value[flag] === true);
  return set.length === 0 ? "any" : set.join("+");
}

export const networkInterface: Criterion<"interface"> = {
  name: "interface",
  origin: { kind: "cilium", since: "1.16" },
  schema: messageList({ index: uint32Field, name: textField }),
  label: "interface",
  help: "The network interface by name, index or both; without either, any flow that names one. Drops usually name none.",
  place: "where",
  parts: ["detail"],
  carriedBy: carriedBy({ kql: "translated" }),
  build: (values) => ({
    test: testOn("detail", ({ networkInterface: own }) => {
      if (own === undefined) return false;
      return values.some(({ index = 0, name = "" }) => (index === 0 || index === own.index) && (name === "" || name === own.name));
    }),
  }),
  valueText: interfaceText,
  phrase: named("interface"),
};

function interfaceText({ index = 0, name = "" }: InterfaceValue): string {
  if (index === 0) return name === "" ? "any" : name;
  return name === "" ? `#${index}` : `${name} (#${index})`;
}
