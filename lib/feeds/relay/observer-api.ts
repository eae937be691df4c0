/** Hubble's Observer API as messages: bytes of the wire ⇄ the JSON that an exporter writes (protojson, names as in the proto files). */
import { readFileSync } from "node:fs";
import { createFileRegistry, type DescMessage, fromBinary, fromJson, type JsonValue, toBinary, toJson } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const FILES = fromBinary(FileDescriptorSetSchema, readFileSync(new URL("./protos/hubble.binpb", import.meta.url)));
export const hubbleRegistry = createFileRegistry(FILES);

/** The calls that Weir makes, by name. */
export const OBSERVER_CALLS = {
  GetFlows: { path: "/observer.Observer/GetFlows", request: messageNamed("GetFlowsRequest"), response: messageNamed("GetFlowsResponse") },
  GetNodes: { path: "/observer.Observer/GetNodes", request: messageNamed("GetNodesRequest"), response: messageNamed("GetNodesResponse") },
  ServerStatus: {
    path: "/observer.Observer/ServerStatus",
    request: messageNamed("ServerStatusRequest"),
    response: messageNamed("ServerStatusResponse"),
  },
} as const;

/** Throws on what is no such message. */
export function encodeMessage(schema: DescMessage, json: JsonValue): Uint8Array {
  return toBinary(schema, fromJson(schema, json));
}

/** Throws on bytes that are no such message. Fields that these proto files do not know are left out, numbers of enums stay numbers. */
export function decodeMessage(schema: DescMessage, bytes: Uint8Array): JsonValue {
  return toJson(schema, fromBinary(schema, bytes), { useProtoFieldName: true });
}

function messageNamed(name: string): DescMessage {
  const found = hubbleRegistry.getMessage(`observer.${name}`);
  if (found === undefined) throw new Error(`no message ${name} in hubble.binpb`);
  return found;
}
