/** How the page reaches what answers it: fetched when first asked. */
import type { EngineAnswer, EngineRequest } from "./engine-answer.ts";

export type AskEngine = (request: EngineRequest) => Promise<EngineAnswer>;

export const askEngine: AskEngine = async (request) => {
  const { answer } = await import("./engine-answer.ts");
  return answer(request);
};
