/** A log for tests of feeds that has something of everything. */
import { createRandom, goodLine, hostileLine } from "#lib/decode/fuzz-lines.ts";

/** Whole lines in every wrapping, lines without a time, parts of lines, damaged ones, words of the agent. */
export function hostileLog(count: number, seed: number): Buffer {
  const random = createRandom(seed);
  const lines: string[] = [];
  let before = goodLine(random);
  for (let index = 0; index < count; index++) {
    const good = goodLine(random);
    lines.push(good.line, hostileLine(random, good, before));
    if (index % 5 === 0) lines.push(...[1, 2, 3].map((retry) => good.line.replace(good.uuid, `${good.uuid.slice(0, -1)}${retry}`)));
    if (index % 7 === 0) lines.push('{"flow":{"verdict":"DROPPED","IP":{"source":"10.0.0.1","destination":"192.0.2.1"},"Type":"L3_L4"}}');
    if (index % 11 === 0)
      lines.push(
        `2026-01-23T00:00:05.5Z stdout P ${good.line.slice(0, 90)}`,
        'level=warning msg="exporter"',
        `2026-01-23T00:00:05.6Z stdout F ${good.line.slice(90)}`,
      );
    before = good;
  }
  return Buffer.from(lines.join("\n"), "latin1");
}
