import { answering } from "../_api/handle.ts";
import { noParameters } from "../_api/parameters.ts";

export const GET = answering(noParameters, ({ store, asked }) => store.coverage(asked.question));
