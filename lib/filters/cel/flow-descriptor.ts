/** The Flow message as a protobuf descriptor, made from flow-schema.ts: names and types are Cilium's, numbers are only ours. */
import { create, createFileRegistry, type DescMessage } from "@bufbuild/protobuf";
import {
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import { ENUM_NUMBERS, type FlowField, MESSAGE_FIELDS, PACKAGE } from "./flow-schema.ts";

const FILES = [file_google_protobuf_timestamp, file_google_protobuf_wrappers];
const SCALARS: ReadonlyMap<string, FieldDescriptorProto_Type> = new Map([
  ["string", FieldDescriptorProto_Type.STRING],
  ["bool", FieldDescriptorProto_Type.BOOL],
  ["uint32", FieldDescriptorProto_Type.UINT32],
  ["uint64", FieldDescriptorProto_Type.UINT64],
  ["int32", FieldDescriptorProto_Type.INT32],
]);

const FILE = create(FileDescriptorProtoSchema, {
  name: "flow.proto",
  package: PACKAGE,
  syntax: "proto3",
  dependency: FILES.map(({ proto }) => proto.name),
  messageType: [...MESSAGE_FIELDS].map(([name, fields]) => ({
    name,
    // An Any could hold any message: its content is nothing that a filter of ours looks at.
    field: fields.filter(({ type }) => type !== "Any").map((field, index) => fieldOf(field, index + 1)),
  })),
  enumType: [...ENUM_NUMBERS].map(([name, numbers]) => ({
    name,
    value: [...numbers].map(([value, number]) => ({ name: value, number })),
  })),
});

export const flowRegistry = createFileRegistry(FILE, (name) => FILES.find(({ proto }) => proto.name === name)?.proto);

export const flowDescriptor: DescMessage = messageNamed("Flow");

function messageNamed(name: string): DescMessage {
  const found = flowRegistry.getMessage(`${PACKAGE}.${name}`);
  if (!found) throw new Error(`no message ${name} in flow-schema.ts`);
  return found;
}

function fieldOf({ name, type, isList }: FlowField, number: number): FieldDescriptorProto {
  const label = isList ? FieldDescriptorProto_Label.REPEATED : FieldDescriptorProto_Label.OPTIONAL;
  const known = SCALARS.get(type);
  if (known !== undefined) return create(FieldDescriptorProtoSchema, { name, number, label, jsonName: name, type: known });
  const kind = ENUM_NUMBERS.has(type) ? FieldDescriptorProto_Type.ENUM : FieldDescriptorProto_Type.MESSAGE;
  const scope = type === "Timestamp" || type === "BoolValue" ? "google.protobuf" : PACKAGE;
  return create(FieldDescriptorProtoSchema, { name, number, label, jsonName: name, type: kind, typeName: `.${scope}.${type}` });
}
