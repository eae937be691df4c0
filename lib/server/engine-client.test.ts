import { afterEach, expect, it } from "vitest";
import type { FlowsQuestion, GroupsQuestion, Question } from "#lib/questions/question.ts";
import { type Engine, startEngine } from "./engine-client.ts";
import type { EngineNews, EngineSettings } from "./engine-protocol.ts";

const settings: EngineSettings = {
  dataDir: "/nowhere",
  files: [],
  follow: false,
  stdin: false,
  agentLogs: undefined,
  relays: [],
  demo: undefined,
  retentionDays: 0,
  retentionBytes: 0,
  memoryMb: 512,
  adx: undefined,
  fillHours: 2,
};
const question: Question = { window: { from: 0, to: 1 }, filter: { include: [], exclude: [] }, text: "" };
const groups: GroupsQuestion = { ...question, by: ["pod"], order: "attempts", descending: true, offset: 0, limit: 1, sparkPoints: 0 };
const flows: FlowsQuestion = { ...question, after: undefined, limit: 1, newestFirst: true };

const started: Engine[] = [];
afterEach(() => Promise.all(started.splice(0).map((engine) => engine.close(500))));

function start(): { readonly engine: Engine; readonly crashes: string[]; next(news: EngineNews["news"]): Promise<void> } {
  const crashes: string[] = [];
  const waiting: { readonly news: string; readonly resolve: () => void }[] = [];
  const engine = startEngine({
    entry: new URL("../testing/crashing-engine.ts", import.meta.url),
    settings,
    onNews: (news) => {
      for (const one of waiting.filter((each) => each.news === news.news)) one.resolve();
    },
    onCrash: (reason) => crashes.push(reason),
    questionTimeoutMs: 2_000,
    firstBackOffMs: 10,
  });
  started.push(engine);
  return { engine, crashes, next: (news) => new Promise((resolve) => waiting.push({ news, resolve })) };
}

it("hands the settings over and questions through", async () => {
  const { engine, next } = start();
  await next("ready");
  expect(engine.store.name).toBe("test store");
  expect(await engine.store.status()).toEqual({ answer: settings });
});

it.each([
  ["throws", (engine: Engine) => engine.store.groups(groups), "broken on purpose"],
  ["ends", (engine: Engine) => engine.store.flows(flows), "exit code 3"],
])("answers with a problem when the thread %s, and starts it again", async (_name, ask, reason) => {
  const { engine, crashes, next } = start();
  await next("ready");
  const waiting = engine.store.summary(question);
  const asked = ask(engine);
  expect(await asked).toMatchObject({ problem: { kind: "unavailable" } });
  expect(await waiting).toMatchObject({ problem: { kind: "unavailable" } });
  expect(crashes).toEqual([expect.stringContaining(reason)]);
  await next("ready");
  expect(await engine.store.status()).toEqual({ answer: settings });
});

it("answers with a problem when the thread does not", async () => {
  const { engine, next } = start();
  await next("ready");
  expect(await engine.store.summary(question)).toMatchObject({ problem: { kind: "timeout" } });
});
