/** One value of a criterion as plain text, and back: a codec for each kind of value. */
import type { EventTypeValue, HttpHeaderValue, InterfaceValue, TcpFlagsValue, WorkloadValue } from "#lib/filters/filter.ts";
import { TCP_FLAGS, type TcpFlag } from "#lib/flows/flow-detail.ts";

export interface ValueCodec<V> {
  /** Undefined = only JSON can say it. */
  readonly print: (value: V) => string | undefined;
  readonly read: (text: string) => V | undefined;
  /** What to say of a text that cannot be read, as a sentence. */
  readonly trouble: string;
  /** A value out of JSON, by its shape alone; undefined = it is none. */
  readonly ofJson: (value: unknown) => V | undefined;
}

const ANY = "any";

export const textCodec: ValueCodec<string> = {
  print: (value) => value,
  read: (text) => text,
  trouble: "This cannot be read.",
  ofJson: (value) => (typeof value === "string" ? value : undefined),
};

/** Names, or numbers as text; in JSON they are numbers. */
export const enumCodec: ValueCodec<string> = {
  ...textCodec,
  ofJson: (value) => (typeof value === "number" && Number.isInteger(value) ? String(value) : textCodec.ofJson(value)),
};

export const numberCodec: ValueCodec<number> = {
  print: (value) => (readNumber(String(value)) === value ? String(value) : undefined),
  read: readNumber,
  trouble: "This is no whole number from 0 to 4294967295.",
  ofJson: (value) => (typeof value === "number" ? value : undefined),
};

export const booleanCodec: ValueCodec<boolean> = {
  print: String,
  read: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  trouble: "This is either true or false.",
  ofJson: (value) => (typeof value === "boolean" ? value : undefined),
};

/** `name`, or `Kind/name`; a name with a slash gets a slash in front. Without either it is `any`, so a bare name of that kind gets one too. */
export const workloadCodec: ValueCodec<WorkloadValue> = {
  print: ({ name = "", kind = "" }) => {
    if (kind.includes("/")) return undefined;
    if (name === "" && kind === "") return ANY;
    return kind === "" && !name.includes("/") && name !== ANY ? name : `${kind}/${name}`;
  },
  read: (text) => {
    if (text === ANY) return {};
    const slash = text.indexOf("/");
    const [kind, name] = [slash < 0 ? "" : text.slice(0, slash), text.slice(slash + 1)];
    return kind === "" && name === "" ? undefined : { ...(name !== "" && { name }), ...(kind !== "" && { kind }) };
  },
  trouble: "A workload is a name or Kind/name.",
  ofJson: message<WorkloadValue>({ name: "string", kind: "string" }),
};

/** `1`, or `1:130` where the sub type counts too; 0 is any type. */
export const eventCodec: ValueCodec<EventTypeValue> = {
  print: ({ type = 0, match_sub_type: matched = false, sub_type: subType = 0 }) => {
    const [text, subText] = [numberCodec.print(type), numberCodec.print(subType)];
    if (!matched) return text;
    return text === undefined || subText === undefined ? undefined : `${text}:${subText}`;
  },
  read: (text) => {
    const [typeText = "", subText, ...more] = text.split(":");
    const [type, subType] = [readNumber(typeText), readNumber(subText ?? "0")];
    if (type === undefined || subType === undefined || more.length > 0) return undefined;
    return subText === undefined ? { type } : { type, match_sub_type: true, sub_type: subType };
  },
  trouble: "An event type is a number, or type:subtype.",
  ofJson: message<EventTypeValue>({ type: "number", match_sub_type: "boolean", sub_type: "number" }),
};

/** `eth0`, `4/` or `4/eth0`; a name with a slash gets a slash in front. */
export const interfaceCodec: ValueCodec<InterfaceValue> = {
  print: ({ index = 0, name = "" }) => {
    if (index === 0 && name === "") return ANY;
    if (index === 0) return name.includes("/") || name === ANY ? `/${name}` : name;
    const text = numberCodec.print(index);
    return text === undefined ? undefined : `${text}/${name}`;
  },
  read: (text) => {
    if (text === ANY) return {};
    const slash = text.indexOf("/");
    const [number, name] = [slash < 1 ? "0" : text.slice(0, slash), text.slice(slash + 1)];
    const index = readNumber(number);
    if (index === undefined || (index === 0 && name === "")) return undefined;
    return { ...(index !== 0 && { index }), ...(name !== "" && { name }) };
  },
  trouble: "An interface is a name, index/ or index/name.",
  ofJson: message<InterfaceValue>({ index: "number", name: "string" }),
};

/** `key:value`, cut at the first colon. */
export const headerCodec: ValueCodec<HttpHeaderValue> = {
  print: ({ key = "", value = "" }) => (key.includes(":") ? undefined : `${key}:${value}`),
  read: (text) => {
    const colon = text.indexOf(":");
    if (colon < 0) return undefined;
    const [key, value] = [text.slice(0, colon), text.slice(colon + 1)];
    return { ...(key !== "" && { key }), ...(value !== "" && { value }) };
  },
  trouble: "A header is key:value.",
  ofJson: message<HttpHeaderValue>({ key: "string", value: "string" }),
};

/** The flags that have to be set, `SYN-ACK`; flags that need not be set say nothing. */
export const flagsCodec: ValueCodec<TcpFlagsValue> = {
  print: (value) => TCP_FLAGS.filter((flag) => value[flag] === true).join("-") || ANY,
  read: (text) => {
    if (text === ANY) return {};
    const flags = text.toUpperCase().split("-");
    return flags.every(isFlag) ? Object.fromEntries(flags.map((flag) => [flag, true])) : undefined;
  },
  trouble: `TCP flags are some of ${TCP_FLAGS.join("-")}, or any.`,
  ofJson: message<TcpFlagsValue>({
    FIN: "boolean",
    SYN: "boolean",
    RST: "boolean",
    PSH: "boolean",
    ACK: "boolean",
    URG: "boolean",
    ECE: "boolean",
    CWR: "boolean",
    NS: "boolean",
  }),
};

function isFlag(text: string): text is TcpFlag {
  return TCP_FLAGS.some((flag) => flag === text);
}

function readNumber(text: string): number | undefined {
  return /^(?:0|[1-9]\d{0,9})$/.test(text) && Number(text) <= 0xffffffff ? Number(text) : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads objects of these fields, none of which has to be there. */
function message<V>(types: { readonly [K in keyof V]-?: string }): (value: unknown) => V | undefined {
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(types));
  const fits = (value: unknown): value is V =>
    isRecord(value) && Object.entries(value).every(([key, item]) => fields.has(key) && typeof item === fields.get(key));
  return (value) => (fits(value) ? value : undefined);
}
