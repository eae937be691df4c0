/** Cron jobs: cert-renewer in a burst at minute 17 of every hour, nightly-report once after 02:00 UTC; each run is another pod. */
import { NOT_ALLOWED, synPackets } from "../attempt.ts";
import { CERT_RENEWER, NIGHTLY_REPORT } from "../pods.ts";
import { HOUR, MINUTE, SECOND, type Stage, type Story, sourcePort, triesFor } from "../story.ts";
import { inWorld, ofName } from "../targets.ts";

const RENEWER_MINUTE = 17 * MINUTE;
const RENEWER_TRIES = 17;
const RENEWER_LASTS = 40 * SECOND;
const REPORT_HOUR = 2 * HOUR;
const REPORT_LASTS = 42 * MINUTE;
const REPORT_SHARE = 0.016;
const DAY = 24 * HOUR;

const AUTHORITIES = ["172.65.32.248", "172.65.46.172", "172.65.90.23"].map((ip) => inWorld(ip, ["acme-v02.ca.example"]));
const PARTNER = ofName("198.51.100.71", "sftp.partner.example");

export const certRenewer: Story = function* (stage) {
  const { random, cluster } = stage;
  for (const scheduled of wallTimes(stage, HOUR, RENEWER_MINUTE)) {
    const from = cluster.cronPod(CERT_RENEWER, scheduled);
    for (let i = 0; i < RENEWER_TRIES; i++) {
      const at = scheduled - stage.from + random.between(2 * SECOND, RENEWER_LASTS);
      const to = random.pick(AUTHORITIES);
      yield { at, from, to, protocol: "TCP", sourcePort: sourcePort(random), port: 80, stop: NOT_ALLOWED, packets: synPackets(3) };
    }
  }
};

export const nightlyReport: Story = function* (stage) {
  const { random, cluster } = stage;
  for (const scheduled of wallTimes(stage, DAY, REPORT_HOUR)) {
    const from = cluster.cronPod(NIGHTLY_REPORT, scheduled);
    const tries = triesFor(stage, REPORT_SHARE, 5, 12);
    for (let i = 0; i < tries; i++) {
      const at = scheduled - stage.from + 3 * SECOND + (REPORT_LASTS * (i + random.next())) / tries;
      yield { at, from, to: PARTNER, protocol: "TCP", sourcePort: sourcePort(random), port: 22, stop: NOT_ALLOWED, packets: synPackets(5) };
    }
  }
};

/** Times of the clock, not of the demo: full periods since 1970 plus an offset, in milliseconds since 1970. */
function* wallTimes(stage: Stage, period: number, offset: number): Iterable<number> {
  const first = Math.ceil((stage.from - offset) / period) * period + offset;
  for (let at = first; at < stage.until; at += period) yield at;
}
