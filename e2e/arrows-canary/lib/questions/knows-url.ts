import { search } from "#lib/url/search.ts";
export const wrong = search;
