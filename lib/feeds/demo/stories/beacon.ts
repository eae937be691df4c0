/** Something that looks like a beacon: one pod of landing-cms calls one odd address and port every 45 seconds, hardly a second off. */
import { NOT_ALLOWED, synPackets } from "../attempt.ts";
import { ago, HOUR, SECOND, type Story } from "../story.ts";
import { inWorld } from "../targets.ts";

export const BEACON_PERIOD = 45 * SECOND;
const BEACON_AGO = 18 * HOUR;
const JITTER = 0.4 * SECOND;
/** Two sockets per call: the ports count up and no call shares one with another. */
const FIRST_PORT = 40_000;
const TARGET = inWorld("185.199.108.153");

export const beacon: Story = function* (stage) {
  const { random, cluster } = stage;
  const from = cluster.podOf("landing-cms");
  const start = ago(stage, BEACON_AGO);
  let port = FIRST_PORT;
  for (let at = start; at < ago(stage, 0); at += BEACON_PERIOD) {
    port += 2;
    const moment = at + random.between(0, JITTER);
    yield {
      at: moment,
      from,
      to: TARGET,
      protocol: "TCP",
      sourcePort: port,
      port: 4444,
      stop: NOT_ALLOWED,
      packets: synPackets(3),
    };
  }
};
