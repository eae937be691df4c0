/** What one line of an agent's log adds to what is known about the agent. */
import type { Decoded } from "#lib/decode/decoded.ts";
import type { AgentPlace } from "./agent-place.ts";
import { type AgentStatus, addSaying } from "./agent-status.ts";
import { exporterWord } from "./exporter-words.ts";

/** `bytes` of the line without its end; `stamp` in nanoseconds since 1970. */
export function note(status: AgentStatus, place: AgentPlace, decoded: Decoded, bytes: number, stamp: bigint): void {
  if (decoded.is !== "agent") place.exported += bytes + 1;
  switch (decoded.is) {
    case "flow":
      status.flows += 1;
      if (decoded.flow.time > status.lastFlow) status.lastFlow = decoded.flow.time;
      if (decoded.flow.emitterVersion !== "") status.version = decoded.flow.emitterVersion;
      break;
    case "reject":
      status.rejected += 1;
      status.sample = decoded.reject.sample;
      break;
    case "notice":
      status.lost += decoded.notice.lost;
      break;
    case "agent": {
      const word = exporterWord(decoded.agent);
      if (word === undefined) break;
      if (word === "configured") place.configuredAt = stamp;
      else status.rejectedAt = stamp;
      addSaying(status, { time: stamp, level: decoded.agent.level, text: decoded.agent.text });
      break;
    }
  }
}
