import { feed } from "#lib/feeds/feed.ts";
export const wrong = feed;
