/** The proto files, what a compiler made of them, and what Weir's CEL knows of the same messages all say the same. */
import { fileURLToPath } from "node:url";
import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { loadSync } from "@grpc/proto-loader";
import { expect, it } from "vitest";
import { z } from "zod";
import { ENUM_NUMBERS, MESSAGE_FIELDS } from "#lib/filters/cel/flow-schema.ts";
import { decodeMessage, encodeMessage, hubbleRegistry, OBSERVER_CALLS } from "./observer-api.ts";

const written = loadSync("observer.proto", { includeDirs: [fileURLToPath(new URL("./protos", import.meta.url))], keepCase: true });
const typeSchema = z.object({
  type: z.object({
    field: z.array(z.object({ name: z.string(), number: z.number(), label: z.string(), type: z.string() })).optional(),
    value: z.array(z.object({ name: z.string(), number: z.number() })).optional(),
  }),
});

/** Names and numbers of every message and enum in the texts. */
function inTexts(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of Object.entries(written)) {
    const { type } = typeSchema.safeParse(value).data ?? {};
    if (type === undefined || name.startsWith("google.")) continue;
    const lines = [
      ...(type.field ?? []).map((one) => `${one.name} = ${one.number} ${one.label === "LABEL_REPEATED" ? "*" : ""}`),
      ...(type.value ?? []).map((one) => `${one.name} = ${one.number} `),
    ];
    found.set(name, lines.toSorted());
  }
  return found;
}

it("reads what the proto files say", () => {
  const texts = inTexts();
  expect(texts.size).toBeGreaterThan(45);
  for (const [name, lines] of texts) {
    const message = hubbleRegistry.getMessage(name);
    const compiled =
      message === undefined
        ? (hubbleRegistry.getEnum(name)?.values ?? []).map((value) => `${value.name} = ${value.number} `)
        : message.fields.map((field) => `${field.name} = ${field.number} ${field.fieldKind === "list" ? "*" : ""}`);
    expect([name, ...compiled.toSorted()]).toEqual([name, ...lines]);
  }
});

function typeOf(field: DescField): string {
  const star = field.fieldKind === "list" ? "*" : "";
  const message = field.message?.typeName ?? field.enum?.typeName;
  const name = message === undefined ? ScalarType[field.scalar ?? ScalarType.BOOL].toLowerCase() : message.replace(/^.*\./, "");
  return `${name}${star}`;
}

function flowMessage(name: string): DescMessage {
  const found = hubbleRegistry.getMessage(`flow.${name}`);
  if (found === undefined) throw new Error(`no message ${name}`);
  return found;
}

it("has every field and every name that CEL knows, with its type", () => {
  for (const [name, fields] of MESSAGE_FIELDS) {
    const known = new Map(flowMessage(name).fields.map((field) => [field.name, typeOf(field)]));
    for (const field of fields)
      expect([name, field.name, known.get(field.name)?.replace("Extensions", "Any")]).toEqual([
        name,
        field.name,
        `${field.type}${field.isList ? "*" : ""}`,
      ]);
  }
  for (const [name, numbers] of ENUM_NUMBERS) {
    const found = hubbleRegistry.getEnum(`flow.${name}`);
    if (name === "EventType") continue;
    const known = new Map(found?.values.map((value) => [value.name, value.number]));
    for (const [value, number] of numbers) expect([name, value, known.get(value)]).toEqual([name, value, number]);
  }
});

it("keeps numbers that no enum names, and leaves out fields that nobody knows", () => {
  const { response } = OBSERVER_CALLS.GetFlows;
  const flow = { flow: { verdict: 77, drop_reason_desc: 250, uuid: "u" }, node_name: "n" };
  const bytes = encodeMessage(response, flow);
  expect(decodeMessage(response, bytes)).toEqual(flow);
  // field 2000 of the envelope, a varint
  const more = Uint8Array.from([...bytes, 0x80, 0x7d, 0x05]);
  expect(decodeMessage(response, more)).toEqual(flow);
});
