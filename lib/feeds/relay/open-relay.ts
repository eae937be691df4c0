/** A relay by gRPC: TLS with a client certificate where one is given, plain text only when asked for. */
import { readFile } from "node:fs/promises";
import {
  type ChannelCredentials,
  Client,
  type ClientOptions,
  type ClientReadableStream,
  credentials,
  Metadata,
  type ServiceError,
} from "@grpc/grpc-js";
import { decodeMessage, encodeMessage, OBSERVER_CALLS } from "./observer-api.ts";
import type { FlowStream, OpenedRelay, Relay, RelayAnswer, RelayFailure } from "./relay.ts";

export interface RelayChoice {
  /** Host and port. */
  readonly address: string;
  /** Without TLS. */
  readonly insecure: boolean;
  /** PEM files; undefined = the system's authorities, no client certificate. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** The name that the relay's certificate must carry; undefined = the address's. */
  readonly serverName: string | undefined;
  /** HTTP/2 pings while a call is under way. */
  readonly keepaliveMs: number;
  readonly keepaliveTimeoutMs: number;
}

/** A flow has about 2 kB; a line longer than 1 MB is counted and not read, and what is longer than this ends the stream. */
export const MESSAGE_MAX_BYTES = 16 << 20;

/** What may be on its way: with HTTP/2's own 64 kB a port-forward of 50 ms would let through 600 flows a second. */
const WINDOW_BYTES = 4 << 20;

/** Certificates are read anew every time, because they are renewed while Weir runs. */
export async function openRelay(choice: RelayChoice): Promise<OpenedRelay> {
  const opened = choice.insecure ? { credentials: credentials.createInsecure() } : await secureCredentials(choice);
  if (opened.problem !== undefined) return opened;
  const options: ClientOptions = {
    "grpc.keepalive_time_ms": choice.keepaliveMs,
    "grpc.keepalive_timeout_ms": choice.keepaliveTimeoutMs,
    "grpc.max_receive_message_length": MESSAGE_MAX_BYTES,
    "grpc-node.flow_control_window": WINDOW_BYTES,
    "grpc.use_local_subchannel_pool": 1,
    "grpc.enable_retries": 0,
    // a relay is in the cluster or behind a port-forward: what a proxy of the environment would be asked for, it cannot reach
    "grpc.enable_http_proxy": 0,
    "grpc.service_config_disable_resolution": 1,
    ...(choice.serverName === undefined
      ? {}
      : { "grpc.ssl_target_name_override": choice.serverName, "grpc.default_authority": choice.serverName }),
  };
  return { relay: relayOf(new Client(choice.address, opened.credentials, options)) };
}

type Opened = { readonly credentials: ChannelCredentials; readonly problem?: never } | { readonly problem: string };

async function secureCredentials({ ca, cert, key }: RelayChoice): Promise<Opened> {
  const given: (Buffer | null)[] = [];
  for (const [option, path] of [
    ["--relay-ca", ca],
    ["--relay-key", key],
    ["--relay-cert", cert],
  ] as const) {
    try {
      given.push(path === undefined ? null : await readFile(path));
    } catch (error) {
      return { problem: `${option} ${path} cannot be read: ${messageOf(error)}.` };
    }
  }
  const [root = null, privateKey = null, chain = null] = given;
  try {
    return { credentials: credentials.createSsl(root, privateKey, chain) };
  } catch (error) {
    return { problem: `The certificates of --relay-ca, --relay-cert and --relay-key cannot be used: ${messageOf(error)}.` };
  }
}

function relayOf(client: Client): Relay {
  return {
    flows: (request) => {
      const { path, request: schema } = OBSERVER_CALLS.GetFlows;
      return flowStream(client.makeServerStreamRequest(path, asBuffer, asItCame, encodeMessage(schema, request), new Metadata(), {}));
    },
    ask: (name, withinMs, signal) => {
      const { path, request } = OBSERVER_CALLS[name];
      const { promise, resolve } = Promise.withResolvers<RelayAnswer>();
      const done = (error: ServiceError | null, bytes?: Buffer): void => {
        signal.removeEventListener("abort", cancel);
        resolve(error === null && bytes !== undefined ? answerOf(name, bytes) : { failure: failureOf(error) });
      };
      const deadline = Date.now() + withinMs;
      const call = client.makeUnaryRequest(path, asBuffer, asItCame, encodeMessage(request, {}), new Metadata(), { deadline }, done);
      const cancel = (): void => call.cancel();
      signal.addEventListener("abort", cancel, { once: true });
      if (signal.aborted) cancel();
      return promise;
    },
    close: () => client.close(),
  };
}

function answerOf(name: "GetNodes" | "ServerStatus", bytes: Buffer): RelayAnswer {
  try {
    return { value: decodeMessage(OBSERVER_CALLS[name].response, bytes) };
  } catch (error) {
    return { failure: { code: INTERNAL, details: `the answer to ${name} is not readable: ${messageOf(error)}` } };
  }
}

const INTERNAL = 13;
const CANCELLED = 1;

function flowStream(call: ClientReadableStream<Buffer>): FlowStream {
  let failure: RelayFailure | undefined;
  let isCancelled = false;
  return {
    messages: messagesOf(call, (error) => {
      failure = failureOf(error);
    }),
    failure: () => (isCancelled && failure?.code === CANCELLED ? undefined : failure),
    cancel: () => {
      isCancelled = true;
      call.cancel();
    },
  };
}

async function* messagesOf(call: ClientReadableStream<Buffer>, onFailure: (error: unknown) => void): AsyncIterable<Uint8Array> {
  try {
    for await (const message of call) yield message;
  } catch (error) {
    onFailure(error);
  }
}

function failureOf(error: unknown): RelayFailure {
  if (isServiceError(error)) return { code: error.code, details: error.details };
  return { code: INTERNAL, details: messageOf(error) };
}

function isServiceError(error: unknown): error is ServiceError {
  return (
    error instanceof Error && "code" in error && typeof error.code === "number" && "details" in error && typeof error.details === "string"
  );
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function asItCame(bytes: Buffer): Buffer {
  return bytes;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
