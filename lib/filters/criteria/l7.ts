/** `dns_query` and `http_*`: what the L7 proxy saw. */
import type { HttpRecord } from "#lib/flows/flow-detail.ts";
import { type Built, buildEach, type Criterion, carriedBy } from "../criterion.ts";
import type { Clause, HttpHeaderValue } from "../filter.ts";
import { type PartTest, testOn } from "../flow-part.ts";
import { pathOfUrl } from "../http-path.ts";
import { messageList, textField, textList } from "../json-value.ts";
import { compileRe2 } from "../re2.ts";
import { rememberedByText } from "../remember.ts";
import { either } from "./say.ts";

const L7_EVENT = 129;

/** Unanchored, over the query with its trailing dot. */
export const dnsQuery: Criterion<"dns_query"> = {
  name: "dns_query",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "DNS query",
  help: "A regular expression (RE2) that finds something in the queried name, which ends in a dot: example\\.com\\.$",
  place: "what",
  parts: ["detail"],
  carriedBy: carriedBy({ kql: "translated" }),
  build: (values) => {
    const each = buildEach(values, compileRe2);
    if ("problem" in each) return each;
    const finds = rememberedByText((query) => each.built.some((one) => one(query)));
    return { test: testOn("detail", ({ l7 }) => l7?.dns !== undefined && finds(l7.dns.query)) };
  },
  valueText: (value) => value,
  phrase: (values) => `DNS queries like ${either(values)}`,
};

export const httpStatusCode: Criterion<"http_status_code"> = {
  name: "http_status_code",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "HTTP status",
  help: "A status code such as 404, or its beginning with a plus: 4+ is every code from 400 to 499.",
  place: "what",
  parts: ["detail"],
  carriedBy: carriedBy(),
  build: (values) => {
    const each = buildEach(values, statusTest);
    if ("problem" in each) return each;
    return { test: onHttp(({ code }) => code !== 0 && each.built.some((matches) => matches(String(code).padStart(3, "0")))) };
  },
  clash: (clause) => needsL7(clause, "http status code"),
  valueText: (value) => value,
  phrase: (values) => `HTTP status ${either(values)}`,
};

function statusTest(value: string): { readonly built: (code: string) => boolean } | { readonly reason: string } {
  if (/^[1-5][0-9]{2}$/.test(value)) return { built: (code) => code === value };
  if (/^[1-5][0-9]?\+$/.test(value)) return { built: (code) => code.startsWith(value.slice(0, -1)) };
  return { reason: `invalid status code prefix: "${value}"` };
}

export const httpMethod: Criterion<"http_method"> = {
  name: "http_method",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "HTTP method",
  help: "GET, POST and the like, in any case.",
  place: "what",
  parts: ["detail"],
  carriedBy: carriedBy({ kql: "translated" }),
  build: (values) => ({ test: onHttp(({ method }) => method !== "" && values.some((value) => foldsTo(value, method))) }),
  clash: (clause) => needsL7(clause, "http method"),
  valueText: (value) => value,
  phrase: (values) => `HTTP ${either(values)}`,
};

/** Over the path as decoded, without query; a URL that is none to Go has no path and never matches. */
export const httpPath: Criterion<"http_path"> = {
  name: "http_path",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "HTTP path",
  help: "A regular expression (RE2) that finds something in the path of the URL: ^/api/",
  place: "what",
  parts: ["detail"],
  carriedBy: carriedBy({ kql: { not: "KQL cannot take the path out of a URL as the agent does; http_url compares the whole URL." } }),
  build: (values) =>
    buildRegexes(values, (finds) =>
      onHttp(({ url }) => {
        const path = pathOfUrl(url);
        return path !== undefined && finds(path);
      }),
    ),
  clash: (clause) => needsL7(clause, "http path"),
  valueText: (value) => value,
  phrase: (values) => `HTTP paths like ${either(values)}`,
};

export const httpUrl: Criterion<"http_url"> = {
  name: "http_url",
  origin: { kind: "cilium", since: "1.15" },
  schema: textList,
  label: "HTTP URL",
  help: "A regular expression (RE2) that finds something in the URL as the proxy wrote it.",
  place: "what",
  parts: ["detail"],
  carriedBy: carriedBy({ kql: "translated" }),
  build: (values) => buildRegexes(values, (finds) => onHttp(({ url }) => finds(url))),
  clash: (clause) => needsL7(clause, "http url"),
  valueText: (value) => value,
  phrase: (values) => `URLs like ${either(values)}`,
};

export const httpHeader: Criterion<"http_header"> = {
  name: "http_header",
  origin: { kind: "cilium", since: "1.15" },
  schema: messageList({ key: textField, value: textField }),
  label: "HTTP header",
  help: "A header by key and value, both exactly as written; without a value, one that is empty.",
  place: "what",
  parts: ["detail"],
  carriedBy: carriedBy({ kql: "translated" }),
  build: (values) => ({
    test: onHttp(({ headers }) =>
      headers.some((header) => values.some(({ key = "", value = "" }) => key === header.key && value === header.value)),
    ),
  }),
  clash: (clause) => needsL7(clause, "http headers"),
  valueText: headerText,
  phrase: (values) => `HTTP header ${either(values)}`,
};

function headerText({ key = "", value = "" }: HttpHeaderValue): string {
  return `${key}: ${value}`;
}

function onHttp(matches: (http: HttpRecord) => boolean): PartTest {
  return testOn("detail", ({ l7 }) => l7?.http !== undefined && matches(l7.http));
}

function buildRegexes(values: readonly string[], on: (finds: (text: string) => boolean) => PartTest): Built {
  const each = buildEach(values, compileRe2);
  if ("problem" in each) return each;
  return { test: on(rememberedByText((text) => each.built.some((finds) => finds(text)))) };
}

/** Type 0 and an empty value are any type to an agent, and still not enough here (pkg/hubble/filters/http.go). */
function needsL7({ event_type = [] }: Clause, what: string): string | undefined {
  if (event_type.length === 0 || event_type.some(({ type }) => type === L7_EVENT)) return undefined;
  return `filtering by ${what} requires the event type filter to only match 'l7' events`;
}

/** Equality under simple Unicode case folding, as Go's strings.EqualFold. */
function foldsTo(one: string, other: string): boolean {
  return one === other || folded(one) === folded(other);
}

function folded(text: string): string {
  return Array.from(text, foldedCharacter).join("");
}

/** Long s and the Kelvin sign fold to ASCII, a dotless i does not; what folds to more than one character stays. */
function foldedCharacter(character: string): string {
  const lower = character.toUpperCase().toLowerCase();
  if (Array.from(lower).length !== 1) return character;
  return lower < "\u0080" && character > "\u007f" && !"\u017f\u212a".includes(character) ? character : lower;
}
