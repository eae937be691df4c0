import { flowsQuestion } from "#lib/server/ask.ts";
import { answering } from "../_api/handle.ts";
import { flowsParameters } from "../_api/parameters.ts";

export const GET = answering(flowsParameters, ({ store, asked, values }) =>
  store.flows(flowsQuestion(asked, values.after, values.limit, asked.search.descending)),
);
