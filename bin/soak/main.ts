/** `npm run soak`: 50 agents, 2,000 lines a second, five minutes, twenty kills; nothing may be lost unseen, nothing met twice. */
import { parseArgs } from "node:util";
import { runSoak, type SoakSize } from "./run-soak.ts";

const WHOLE = { agents: 50, linesPerSecond: 2_000, seconds: 300, kills: 20 } as const;
/** The store itself grows with what it holds. */
const MEMORY_GROWTH_MOST = 1.5;
const { values } = parseArgs({
  options: {
    agents: { type: "string" },
    rate: { type: "string" },
    seconds: { type: "string" },
    kills: { type: "string" },
    seed: { type: "string" },
    browser: { type: "boolean" },
    relay: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  },
});

if (values.help)
  process.stdout.write(`npm run soak [-- --agents N] [--rate LINES-A-SECOND] [--seconds N] [--kills N] [--seed N]
       npm run soak -- --browser [--relay] [--agents N] [--rate LINES-A-SECOND] [--seconds N]

  ${WHOLE.agents} agents, ${WHOLE.linesPerSecond} lines a second in all, ${WHOLE.seconds} s and ${WHOLE.kills} kills by default;
  with --browser: how long a line takes to its row in the live view, 20 s; --relay: by Hubble Relay instead of agents' logs
`);
else if (values.browser) {
  const { measureLive } = await import("./measure-live.ts");
  const linesPerSecond = Number(values.rate ?? WHOLE.linesPerSecond);
  const agents = Number(values.agents ?? WHOLE.agents);
  print(await measureLive({ relay: values.relay === true, agents, linesPerSecond, seconds: Number(values.seconds ?? 20) }));
} else {
  const size: SoakSize = {
    agents: Number(values.agents ?? WHOLE.agents),
    linesPerSecond: Number(values.rate ?? WHOLE.linesPerSecond),
    seconds: Number(values.seconds ?? WHOLE.seconds),
    kills: Number(values.kills ?? WHOLE.kills),
    seed: Number(values.seed ?? 1),
  };
  const result = await runSoak(size, (text) => void process.stdout.write(`${text}\n`));
  print(result);
  const isWhole = result.lostUnseen === 0 && result.lostThoughThere === 0 && result.stored + result.lostTold === result.emitted;
  const isRight = isWhole && result.duplicates === 0 && result.storedTwice === 0 && result.memoryGrowth < MEMORY_GROWTH_MOST;
  process.stdout.write(isRight ? "\n1 passed, 0 failed\n" : "\n0 passed, 1 failed\n");
  process.exitCode = isRight ? 0 : 1;
}

function print(result: object): void {
  for (const [name, value] of Object.entries(result))
    process.stdout.write(`${name.padEnd(18)}${Number(value).toLocaleString("en", { maximumFractionDigits: 2 })}\n`);
}
