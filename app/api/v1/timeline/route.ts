import { timelineQuestion } from "#lib/server/ask.ts";
import { answering } from "../_api/handle.ts";
import { timelineParameters } from "../_api/parameters.ts";

export const GET = answering(timelineParameters, ({ store, asked, values }) => store.timeline(timelineQuestion(asked, values.buckets)));
