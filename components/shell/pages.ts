/** The pages of the product, in the order of the header. */
import { hrefOf, type Search } from "#lib/url/search.ts";

export const PAGES = [
  { path: "/", name: "Overview", about: "What is new and what is big" },
  { path: "/groups", name: "Groups", about: "Senders, destinations and ports in any combination" },
  { path: "/flows", name: "Flows", about: "Every blocked packet, newest first" },
  { path: "/exporter", name: "Exporter", about: "Write, check and replay what the agents log" },
  { path: "/coverage", name: "Coverage", about: "What Weir sees and what it does not" },
] as const;

export type PagePath = (typeof PAGES)[number]["path"];

/** The same question on another page: window and filter stay, what belongs to one page only goes. */
export function pageHref(path: PagePath, search: Search): string {
  const { window, filter, text, zone, live } = search;
  return hrefOf(path, { window, filter, text, zone, live });
}
