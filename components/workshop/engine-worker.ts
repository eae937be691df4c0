/** The engine in a thread of its own: a long text is read there, and the page goes on answering. */
import { answer, type EngineAnswer, type EngineRequest } from "./engine-answer.ts";

export interface WorkerRequest {
  readonly id: number;
  readonly request: EngineRequest;
}

export interface WorkerReply {
  readonly id: number;
  /** Undefined: it could not be answered. */
  readonly answer: EngineAnswer | undefined;
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
