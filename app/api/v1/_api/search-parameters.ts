/** The parameters that every endpoint shares with the address bar, described for people who write scripts. */
import { CRITERIA as MEANINGS } from "#lib/filters/criteria.ts";
import { DIMENSIONS } from "#lib/flows/dimension.ts";
import { GROUP_ORDERS } from "#lib/questions/question.ts";
import { CRITERIA } from "#lib/url/criteria.ts";
import { SPLITS, ZONES } from "#lib/url/search.ts";

const LISTS = "Values are separated by commas; ~ stands for flows that have none, ~0 for ~, ~1 for a comma, ~2 for a semicolon.";

export function searchParameters() {
  const text = (name: string, description: string, example?: string) => ({
    name,
    in: "query",
    required: false,
    description,
    schema: { type: "string" },
    ...(example !== undefined && { example }),
  });
  const oneOf = (name: string, values: readonly string[], usual: string, description: string) => ({
    ...text(name, description),
    schema: { type: "string", enum: values, default: usual },
  });
  return [
    text("from", "Begin of the window: now-24h (s, m, h, d, w) or an instant. Without it, the store's span decides.", "now-24h"),
    text("to", "End of the window, exclusive; now unless said.", "now"),
    text("q", "Only flows with this text in a name or address, at most 500 characters."),
    text("filter", 'A whole filter as JSON, {"include":[…],"exclude":[…]}, in place of the single criteria.'),
    ...CRITERIA.flatMap(({ name, key }) => [
      text(name, `Only flows with one of these. ${MEANINGS[key].help} ${LISTS}`),
      text(`not.${name}`, `No flows with one of these. ${MEANINGS[key].help}`),
    ]),
    text("not", "No flows with all of these. May be repeated.", "ns:checkout;port:443,8443"),
    text("by", `One to four of ${DIMENSIONS.join(", ")} or label:KEY.`, "pod,group,port"),
    oneOf("order", GROUP_ORDERS, "attempts", "What rows are ordered by."),
    oneOf("dir", ["desc", "asc"], "desc", "The order's direction; for flows, newest or oldest first."),
    text("cols", "Columns in their order, name or name:width; for an export, its fields.", "key,attempts,packets"),
    oneOf("split", SPLITS, "reason", "What the timeline's series are."),
    ...(["row", "open", "tab"] as const).map((name) => text(name, "How a view looks; no part of the question.")),
    oneOf("zone", ZONES, "utc", "How a view shows times; no part of the question."),
    oneOf("live", ["off", "on"], "off", "Whether a view shows new flows by itself; no part of the question."),
  ];
}
