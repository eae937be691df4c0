import { groupsQuestion } from "#lib/server/ask.ts";
import { chosenBy } from "#lib/url/default-by.ts";
import { answering } from "../_api/handle.ts";
import { groupsParameters } from "../_api/parameters.ts";

export const GET = answering(groupsParameters, ({ store, asked, values: { limit, offset, spark } }) =>
  store.groups(groupsQuestion(asked, { by: chosenBy(asked.search), limit, offset, sparkPoints: spark })),
);
