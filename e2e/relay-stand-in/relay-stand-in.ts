/** A stand-in Hubble Relay: Observer's calls by grpc-js from the proto files, with nodes whose rings forget, and misbehaviour on demand. */
import { readFileSync } from "node:fs";
import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServerWritableStream,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { z } from "zod";
import { instantOf, lineBytes, OBSERVER, responseBytes } from "./flow-bytes.ts";
import { type Front, startFront } from "./frozen-front.ts";
import { type RingEntry, StandInNode, type StandInState } from "./stand-in-node.ts";

export interface RelaySwitches {
  /** Status that every call ends with; undefined = none. */
  refuse: { readonly code: number; readonly details: string } | undefined;
  /** The calls that this relay does not know. */
  readonly unknownCalls: Set<"GetFlows" | "GetNodes" | "ServerStatus">;
  /** Flows that came while it was on were not sent on to streams that were open. */
  isMute: boolean;
}

export interface RelayStandIn {
  /** Host and port. */
  readonly address: string;
  readonly nodes: readonly StandInNode[];
  readonly switches: RelaySwitches;
  readonly front: Front;
  /** GetFlowsRequests that followed, oldest first, as they came. */
  readonly requests: readonly FlowsRequest[];
  /** Streams that are open now. */
  readonly streams: number;
  /** A flow of a node, as an exporter's line. */
  emit(node: StandInNode, line: string): void;
  /** The same as bytes of the wire, whatever they are. */
  emitBytes(node: StandInNode, bytes: Buffer, about?: Partial<RingEntry>): void;
  lose(node: StandInNode, source: string, count: number): void;
  /** A node changes its state, and open streams are told. */
  turn(node: StandInNode, state: StandInState, message?: string): void;
  /** Ends every stream with this status. */
  endStreams(code: number, details: string): void;
  /** GOAWAY, then the connections end. */
  goAway(): void;
  /** Stops and listens again on the same address, rings as they were. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const requestSchema = z.object({
  number: z.string().default("0"),
  first: z.boolean().default(false),
  follow: z.boolean().default(false),
  since: z.object({ seconds: z.string().default("0"), nanos: z.number().default(0) }).optional(),
  whitelist: z
    .array(
      z.object({
        verdict: z.array(z.string()).default([]),
        traffic_direction: z.array(z.string()).default([]),
        event_type: z.array(z.object({ type: z.number() })).default([]),
      }),
    )
    .default([]),
});
export type FlowsRequest = z.infer<typeof requestSchema>;

type Call = ServerWritableStream<unknown, Buffer>;
interface Stream {
  readonly call: Call;
  readonly request: FlowsRequest;
  /** Nodes whose flows this stream has. */
  readonly joined: Set<StandInNode>;
}

export interface StandInOptions {
  readonly nodes?: number;
  /** Flows that a ring holds. */
  readonly room?: number;
  readonly tls?: "server" | "mutual";
}

const UNIMPLEMENTED = 12;

export async function startRelayStandIn(options: StandInOptions = {}): Promise<RelayStandIn> {
  const streams = new Set<Stream>();
  const requests: FlowsRequest[] = [];
  const switches: RelaySwitches = { refuse: undefined, unknownCalls: new Set(), isMute: false };
  const nodes = Array.from(
    { length: options.nodes ?? 2 },
    (_, at) =>
      new StandInNode({
        name: `lab/node-${at}`,
        version: "cilium v1.19.2+g123456 (go version go1.26.1 linux/amd64)",
        room: options.room ?? 4_095,
        onEntry: (node, entry) => {
          if (node.state !== "NODE_CONNECTED" || switches.isMute) return;
          for (const { call, request, joined } of streams) if (joined.has(node) && passes(request, entry)) call.write(entry.bytes);
        },
      }),
  );

  const told = (state: StandInState, names: readonly string[], message: string): Buffer =>
    responseBytes({ node_status: { state_change: state, node_names: names, message }, time: new Date().toISOString() });
  /** Nodes that are connected and not yet in the stream send what they hold. */
  const join = (stream: Stream): void => {
    const fresh = nodes.filter((node) => node.state === "NODE_CONNECTED" && !stream.joined.has(node));
    const held = fresh.flatMap((node) => selected(stream.request, node.ring));
    for (const node of fresh) stream.joined.add(node);
    for (const { bytes } of held.sort((a, b) => (a.time < b.time ? -1 : 1))) stream.call.write(bytes);
  };

  const refusal = (call: "GetFlows" | "GetNodes" | "ServerStatus"): { code: number; details: string } | undefined =>
    switches.refuse ?? (switches.unknownCalls.has(call) ? { code: UNIMPLEMENTED, details: `unknown method ${call}` } : undefined);

  const implementation: UntypedServiceImplementation = {
    GetFlows(call: Call) {
      const refused = refusal("GetFlows");
      if (refused !== undefined) return void call.emit("error", refused);
      const request = requestSchema.parse(call.request);
      const stream: Stream = { call, request, joined: new Set() };
      for (const state of ["NODE_CONNECTED", "NODE_UNAVAILABLE", "NODE_ERROR"] as const) {
        const names = nodes.filter((node) => node.state === state).map(({ name }) => name);
        if (names.length > 0) call.write(told(state, names, ""));
      }
      join(stream);
      if (!request.follow) return void call.end();
      requests.push(request);
      streams.add(stream);
      call.on("cancelled", () => streams.delete(stream));
      call.on("close", () => streams.delete(stream));
    },
    GetNodes(_call: unknown, answer: sendUnaryData<object>) {
      const refused = refusal("GetNodes");
      if (refused !== undefined) return answer(refused);
      const present = nodes.filter(({ state }) => state !== "NODE_GONE");
      answer(null, {
        nodes: present.map(({ name, version, state, uptimeNs, ring, room, seen }) => ({
          name,
          version: state === "NODE_CONNECTED" ? version : "",
          address: "192.0.2.1:4244",
          state: state === "NODE_ERROR" ? "NODE_CONNECTED" : state,
          ...(state === "NODE_CONNECTED" ? { uptime_ns: `${uptimeNs}`, num_flows: ring.length, max_flows: room, seen_flows: seen } : {}),
        })),
      });
    },
    ServerStatus(_call: unknown, answer: sendUnaryData<object>) {
      const refused = refusal("ServerStatus");
      if (refused !== undefined) return answer(refused);
      const connected = nodes.filter(({ state }) => state === "NODE_CONNECTED").length;
      answer(null, {
        version: "cilium v1.19.2",
        num_connected_nodes: { value: connected },
        num_unavailable_nodes: { value: nodes.length - connected },
      });
    },
  };

  const credentials = credentialsOf(options.tls);
  const listen = async (): Promise<{ server: Server; port: number }> => {
    const server = new Server({ "grpc.max_send_message_length": -1 });
    server.addService(serviceOf(), implementation);
    return { server, port: await bound(server, credentials) };
  };
  let running = await listen();
  const front = await startFront(() => running.port);
  const stop = (): void => {
    running.server.forceShutdown();
    streams.clear();
  };

  const standIn: RelayStandIn = {
    address: `127.0.0.1:${front.port}`,
    nodes,
    switches,
    front,
    requests,
    get streams() {
      return streams.size;
    },
    emit(node, line) {
      standIn.emitBytes(node, lineBytes(line), aboutLine(line));
    },
    emitBytes(node, bytes, about = {}) {
      node.add({ time: BigInt(Date.now()) * 1_000_000n, verdict: "DROPPED", direction: "EGRESS", isLost: false, ...about, bytes });
    },
    lose(node, source, count) {
      const time = new Date().toISOString();
      const bytes = responseBytes({ lost_events: { source, num_events_lost: `${count}`, cpu: 0 }, node_name: node.name, time });
      standIn.emitBytes(node, bytes, { isLost: true });
    },
    turn(node, state, message = "") {
      node.state = state;
      node.message = message;
      for (const stream of streams) {
        stream.call.write(told(state, [node.name], message));
        if (state === "NODE_CONNECTED") join(stream);
        else stream.joined.delete(node);
      }
    },
    endStreams(code, details) {
      for (const { call } of streams) call.emit("error", { code, details });
      streams.clear();
    },
    goAway() {
      running.server.drain(`127.0.0.1:${running.port}`, 50);
    },
    async restart() {
      stop();
      running = await listen();
    },
    async close() {
      stop();
      await front.close();
    },
  };
  return standIn;
}

function passes({ whitelist }: FlowsRequest, { verdict, direction, isLost }: RingEntry): boolean {
  if (whitelist.length === 0) return true;
  return whitelist.some((filter) => {
    // lost events match every event type and nothing that needs a flow
    if (isLost) return filter.verdict.length === 0 && filter.traffic_direction.length === 0;
    if (filter.event_type.some(({ type }) => type === 255)) return false;
    const is = (wanted: readonly string[], value: string): boolean => wanted.length === 0 || wanted.includes(value);
    return is(filter.verdict, verdict) && is(filter.traffic_direction, direction);
  });
}

function selected(request: FlowsRequest, ring: readonly RingEntry[]): RingEntry[] {
  const { since, number, first, follow } = request;
  const shown = ring.filter((entry) => passes(request, entry));
  if (since !== undefined) {
    const from = BigInt(since.seconds) * 1_000_000_000n + BigInt(since.nanos);
    return shown.filter(({ time }) => time >= from);
  }
  const count = Number(number);
  if (count === 0) return follow ? [] : shown;
  return first ? shown.slice(0, count) : shown.slice(-count);
}

const aboutSchema = z.object({
  flow: z.object({ time: z.string(), verdict: z.string().default(""), traffic_direction: z.string().default("TRAFFIC_DIRECTION_UNKNOWN") }),
});

function aboutLine(line: string): Partial<RingEntry> {
  const read = aboutSchema.safeParse(JSON.parse(line)).data;
  if (read === undefined) return {};
  const { seconds, nanos } = instantOf(read.flow.time);
  return { time: BigInt(seconds) * 1_000_000_000n + BigInt(nanos), verdict: read.flow.verdict, direction: read.flow.traffic_direction };
}

/** The service, whose answers to GetFlows are bytes already. */
function serviceOf(): Parameters<Server["addService"]>[0] {
  const { Observer } = observerSchema.parse(loadPackageDefinition(OBSERVER).observer);
  return { ...Observer.service, GetFlows: { ...Observer.service.GetFlows, responseSerialize: (bytes: Buffer) => bytes } };
}

const methodSchema = z.custom<Parameters<Server["addService"]>[0][string]>((value) => typeof value === "object" && value !== null);
const clientSchema = z.object({ service: z.object({ GetFlows: methodSchema, GetNodes: methodSchema, ServerStatus: methodSchema }) });
const observerSchema = z.object({
  Observer: z.custom<z.infer<typeof clientSchema>>((value) => typeof value === "function" && "service" in value),
});

function credentialsOf(tls: StandInOptions["tls"]): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const read = (name: string): Buffer => readFileSync(certificatePath(name));
  return ServerCredentials.createSsl(
    read("ca.pem"),
    [{ private_key: read("relay-key.pem"), cert_chain: read("relay.pem") }],
    tls === "mutual",
  );
}

/** Of a file in `certificates`. */
export function certificatePath(name: string): string {
  return new URL(`./certificates/${name}`, import.meta.url).pathname;
}

function bound(server: Server, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", credentials, (error, port) => (error === null ? resolve(port) : reject(error)));
  });
}
