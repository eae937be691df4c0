/** Answers and problems as responses: one shape, a fitting status, never stored by anyone in between. */
import type { Answer, Problem } from "#lib/questions/answer.ts";
import type { Unreadable } from "#lib/url/unreadable.ts";

export const STATUS: { readonly [K in Problem["kind"]]: number } = {
  "bad-question": 400,
  "not-found": 404,
  "too-much": 422,
  bug: 500,
  unavailable: 503,
  timeout: 504,
};

const HEADERS = { "cache-control": "no-store" };

export function answerResponse<T>(answer: Answer<T>): Response {
  if (answer.problem !== undefined) return problemResponse(answer.problem);
  return Response.json({ answer: answer.answer, coverage: answer.coverage }, { headers: HEADERS });
}

export function problemResponse(problem: Problem): Response {
  const headers = problem.kind === "unavailable" ? { ...HEADERS, "retry-after": "5" } : HEADERS;
  return Response.json({ problem }, { status: STATUS[problem.kind], headers });
}

const SHOWN = 80;

/** Names every parameter that could not be read. */
export function unreadableProblem(unreadable: readonly Unreadable[]): Problem {
  const one = unreadable.length === 1;
  return {
    kind: "bad-question",
    title: one ? "One parameter cannot be read." : `${unreadable.length} parameters cannot be read.`,
    detail: unreadable.map(({ name, value, why }) => `${short(name)}=${short(value)}: ${why}`).join(" "),
    next: "GET /api/v1/openapi.json lists every parameter. A view in the browser reads the same ones, so its address can be copied.",
  };
}

export const FAULT: Problem = {
  kind: "bug",
  title: "Weir has a fault.",
  detail: "Answering this question failed in a way that was not foreseen.",
  next: "The terminal that runs Weir says more. Report it with the address that was asked.",
};

function short(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()}…` : text;
}
