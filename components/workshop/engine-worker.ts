/** The engine in a thread of its own: a long text is read there, and the page goes on answering. */
import { answer, type EngineRequest } from "./engine-answer.ts";
import type { WorkerReply } from "./workshop-engine.ts";

export interface WorkerRequest {
  readonly id: number;
  readonly request: EngineRequest;
}

addEventListener("message", ({ data: { id, request } }: MessageEvent<WorkerRequest>) => {
  const reply: WorkerReply = { id, ...answered(request) };
  postMessage(reply);
});

function answered(request: EngineRequest): Omit<WorkerReply, "id"> {
  try {
    return { answer: answer(request) };
  } catch {
    return { answer: undefined };
  }
}
