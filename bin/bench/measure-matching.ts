/** Compiled matching of decoded flows, against what decoding them costs. */
import { z } from "zod";
import type { Figure } from "./figure.ts";
import { runScript } from "./run-script.ts";

const resultSchema = z.object({
  flows: z.number(),
  decodeMs: z.number(),
  filters: z.array(z.object({ name: z.string(), ms: z.number(), ratio: z.number(), matched: z.number() })),
});

/** The product's own export must not cost a tenth of decoding. */
const LIMITED = "blocked egress by policy";
const LIMIT = 0.1;

export async function measureMatching(flows: number, say: (text: string) => void): Promise<Figure[]> {
  const result = resultSchema.parse(JSON.parse(await runScript("match-flows.ts", [String(flows)])));
  const rows = `${result.flows.toLocaleString("en")} flows`;
  return result.filters.map(({ name, ms, ratio, matched }): Figure => {
    say(`${name}: ${matched.toLocaleString("en")} of ${rows} matched`);
    return {
      what: `Matching, ${name}, ${rows}, against decoding them (processor time)`,
      weir: perSecond(result.flows, ms),
      peer: perSecond(result.flows, result.decodeMs),
      ratio: `${(ratio * 100).toFixed(1)} % of decoding`,
      goal: name === LIMITED ? `< ${LIMIT * 100} %` : "",
      met: name === LIMITED ? ratio < LIMIT : undefined,
    };
  });
}

function perSecond(flows: number, ms: number): string {
  return `${((flows / Math.max(ms, 0.001)) * 1000).toLocaleString("en", { maximumSignificantDigits: 3 })} flows/s`;
}
