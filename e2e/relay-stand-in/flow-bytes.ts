/** Lines of an exporter → messages of the wire, by protobufjs: Weir reads them with another library. */
import { fileURLToPath } from "node:url";
import { loadSync } from "@grpc/proto-loader";
import { z } from "zod";

type Plain = { readonly [name: string]: unknown };

/** The service as grpc-js wants it, and what its messages look like. */
export const OBSERVER = loadSync("observer.proto", {
  includeDirs: [fileURLToPath(new URL("../../lib/feeds/relay/protos", import.meta.url))],
  keepCase: true,
  longs: String,
  enums: String,
  defaults: false,
});

const methodSchema = z.object({ responseSerialize: z.custom<(value: object) => Buffer>((value) => typeof value === "function") });

/** An object as protojson has it → the bytes of a GetFlowsResponse. */
export function responseBytes(json: Plain): Buffer {
  return serialize(plainOf(json));
}

/** The same for one line. */
export function lineBytes(line: string): Buffer {
  const value: unknown = JSON.parse(line);
  return responseBytes(isPlain(value) ? value : {});
}

const serialize = serializerOf("GetFlows");

function serializerOf(method: string): (value: object) => Buffer {
  const service = z.record(z.string(), z.unknown()).parse(OBSERVER["observer.Observer"]);
  return methodSchema.parse(service[method]).responseSerialize;
}

/** What protojson writes in a shorter way: instants, and numbers and truths that may be absent. */
function plainOf(value: Plain): Plain {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, innerOf(name, inner)]));
}

function innerOf(name: string, value: unknown): unknown {
  if (typeof value === "string" && (name === "time" || name === "first" || name === "last")) return instantOf(value);
  if (name === "is_reply" || name === "cpu" || name === "num_connected_nodes" || name === "num_unavailable_nodes") return { value };
  if (Array.isArray(value)) return value.map((one: unknown) => innerOf("", one));
  return isPlain(value) ? plainOf(value) : value;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null;
}

export function instantOf(text: string): { readonly seconds: string; readonly nanos: number } {
  const fraction = /\.(\d{1,9})/.exec(text)?.[1] ?? "";
  return { seconds: String(Math.floor(Date.parse(text) / 1000)), nanos: Number(fraction.padEnd(9, "0")) };
}
