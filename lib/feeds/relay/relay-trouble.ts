/** What is wrong with the relay or its nodes, in one sentence that says what helps. */

import type { NodeStatus } from "./node-status.ts";
import type { RelayFailure } from "./relay.ts";

const UNKNOWN = 2;
const DEADLINE = 4;
const PERMISSION = 7;
const EXHAUSTED = 8;
const UNIMPLEMENTED = 12;
const INTERNAL = 13;
const UNAVAILABLE = 14;
const UNAUTHENTICATED = 16;

interface Asked {
  readonly address: string;
  readonly insecure: boolean;
  /** Whether a client certificate was given. */
  readonly hasCert: boolean;
  /** The relay was followed before in this run: what it wants is given. */
  readonly wasOpen: boolean;
}

/** A message was too big to be taken; asking again from the same place brings it again. */
export function isTooBig({ code, details }: RelayFailure): boolean {
  return code === EXHAUSTED && /larger than max/i.test(details);
}

/** Why the relay cannot be followed now. */
export function failureWords({ code, details }: RelayFailure, { address, insecure, hasCert, wasOpen }: Asked): string {
  const said = `(${details.slice(0, 200)})`;
  if (code === UNIMPLEMENTED) return `${address} speaks gRPC but is no Hubble Relay: it does not know this call ${said}.`;
  if (code === UNAUTHENTICATED) return `The relay does not accept who Weir is: --relay-cert and --relay-key say it ${said}.`;
  if (code === PERMISSION) return `The relay does not let Weir read flows ${said}.`;
  if (code === EXHAUSTED) return `The relay refuses more, or sent more than Weir takes at once ${said}.`;
  if (code === DEADLINE) return `The relay at ${address} does not answer ${said}.`;
  if (code !== UNAVAILABLE && code !== INTERNAL && code !== UNKNOWN) return `The relay ended the stream with status ${code} ${said}.`;
  if (/ECONNREFUSED/.test(details)) return `Nothing listens at ${address}: is the relay running, or the port-forward to it ${said}?`;
  if (/ENOTFOUND|EAI_AGAIN|Name resolution failed/i.test(details)) return `The name of ${address} cannot be resolved ${said}.`;
  if (/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/.test(details))
    return `${address} is not reached: a network policy, or the wrong address ${said}.`;
  if (/altnames|Hostname\/IP/i.test(details))
    return `The relay's certificate is for another name; --relay-server-name tells which one to expect ${said}.`;
  if (/expired|not yet valid/i.test(details)) return `The relay's certificate is not valid now ${said}.`;
  if (/self.signed|unable to (verify|get)|unable to get local issuer/i.test(details))
    return `The relay's certificate is not trusted; --relay-ca names the authority that signed it ${said}.`;
  if (/certificate required|bad certificate|handshake failure|alert number (40|42|116)/i.test(details))
    return hasCert
      ? `The relay does not accept the certificate of --relay-cert ${said}.`
      : `The relay wants a client certificate: --relay-cert and --relay-key ${said}.`;
  if (/wrong version number|packet length too long|unknown protocol|http request/i.test(details))
    return `The relay does not speak TLS at ${address}; --relay-insecure asks for plain text ${said}.`;
  if (!wasOpen && insecure && /Failed to connect|ECONNRESET|protocol error|Connection dropped|GOAWAY|socket hang up/i.test(details))
    return `The relay broke the connection off: it may want TLS, which --relay-insecure turns off ${said}.`;
  if (
    /Failed to connect|ECONNRESET|disconnected before secure|socket hang up|Connection dropped/i.test(details) &&
    !wasOpen &&
    !hasCert &&
    !insecure
  )
    return `The relay broke the connection off: it may want a client certificate (--relay-cert, --relay-key) ${said}.`;
  return `The relay at ${address} is not reached ${said}.`;
}

const NAMED_MOST = 3;

/** What is wrong although the relay streams; empty = nothing. */
export function nodesTrouble(nodes: readonly NodeStatus[], connected: number | undefined, isBlind: (node: NodeStatus) => boolean): string {
  const present = nodes.filter(({ state }) => state !== "gone");
  const away = present.filter(({ state }) => state === "unavailable" || state === "error");
  if (present.length > 0 && away.length === present.length)
    return `The relay reaches none of its ${away.length} nodes: is Hubble enabled on them (hubble.enabled, port 4244)?`;
  if (present.length === 0 && connected === 0) return "The relay knows no node: is Hubble enabled in this cluster (hubble.enabled)?";
  if (away.length > 0)
    return `The relay does not reach ${away.length} of ${present.length} nodes: ${namesOf(away)}. Their flows come later, as far as their rings hold them.`;
  const blind = present.filter(isBlind);
  if (blind.length > 0 && blind.length === present.length)
    return "Hubble sees no traffic on any node, blocked or not: its events may be off on the nodes.";
  if (blind.length > 0) return `Hubble sees no traffic on ${blind.length} of ${present.length} nodes: ${namesOf(blind)}.`;
  return "";
}

function namesOf(nodes: readonly NodeStatus[]): string {
  const named = nodes.slice(0, NAMED_MOST).map(({ name }) => name);
  return nodes.length > NAMED_MOST ? `${named.join(", ")} and ${nodes.length - NAMED_MOST} more` : named.join(", ");
}
