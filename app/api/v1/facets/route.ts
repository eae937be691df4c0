import { DIMENSIONS } from "#lib/flows/dimension.ts";
import { facetsQuestion } from "#lib/server/ask.ts";
import { answering } from "../_api/handle.ts";
import { facetsParameters, findName } from "../_api/parameters.ts";

export const GET = answering(facetsParameters, ({ store, asked, values }) => {
  const given = new Map<string, unknown>(Object.entries(values));
  const find = DIMENSIONS.flatMap((dimension) => {
    const text = given.get(findName(dimension));
    return typeof text === "string" && text !== "" ? [[dimension, text] as const] : [];
  });
  return store.facets(facetsQuestion(asked, values.facets, values.limit, Object.fromEntries(find)));
});
