/** `source_pod`, `destination_pod`, `source_service`, `destination_service`: `namespace/prefix`, never a wildcard. */
import { type Built, buildEach, type Criterion, carriedBy } from "../criterion.ts";
import { type PartTest, testOn } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { either } from "./say.ts";

const HELP =
  "namespace/prefix: prod/api is every pod of prod whose name starts with api, prod/ all of prod, /api any namespace, api alone default/api.";
const SERVICE_HELP = "namespace/prefix; drops usually carry no service.";

export const sourcePod: Criterion<"source_pod"> = {
  name: "source_pod",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "from pods",
  help: `The sending pod as ${HELP}`,
  place: "sender",
  parts: ["source"],
  carriedBy: carriedBy(),
  build: (values) => buildNamed(values, (matches) => testOn("source", ({ namespace, pod }) => matches(namespace, pod))),
  valueText: (value) => value,
  phrase: phraseOf("pods"),
};

export const destinationPod: Criterion<"destination_pod"> = {
  name: "destination_pod",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "to pods",
  help: `The destination pod as ${HELP}`,
  place: "destination",
  parts: ["destination"],
  carriedBy: carriedBy(),
  build: (values) => buildNamed(values, (matches) => testOn("destination", ({ namespace, pod }) => matches(namespace, pod))),
  valueText: (value) => value,
  phrase: phraseOf("pods"),
};

export const sourceService: Criterion<"source_service"> = {
  name: "source_service",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "from services",
  help: `The sending service as ${SERVICE_HELP}`,
  place: "sender",
  parts: ["detail"],
  carriedBy: carriedBy(),
  build: (values) =>
    buildNamed(values, (matches) => testOn("detail", ({ sourceService: { namespace, name } }) => matches(namespace, name))),
  valueText: (value) => value,
  phrase: phraseOf("services"),
};

export const destinationService: Criterion<"destination_service"> = {
  name: "destination_service",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "to services",
  help: `The destination service as ${SERVICE_HELP}`,
  place: "destination",
  parts: ["detail"],
  carriedBy: carriedBy(),
  build: (values) =>
    buildNamed(values, (matches) => testOn("detail", ({ destinationService: { namespace, name } }) => matches(namespace, name))),
  valueText: (value) => value,
  phrase: phraseOf("services"),
};

function phraseOf(noun: string): (values: readonly string[]) => string {
  return (values) => {
    const spaces = values.filter((value) => /^[^/]+\/$/.test(value)).map((value) => value.slice(0, -1));
    return spaces.length === values.length
      ? `${noun} in ${either(spaces)}`
      : `${noun} ${either(values.map((value) => (value === "/" ? "of any name" : `${value}…`)))}`;
  };
}

type NamedTest = (namespace: string, name: string) => boolean;

/** A flow that knows neither namespace nor name never matches. */
function buildNamed(values: readonly string[], on: (matches: NamedTest) => PartTest): Built {
  const each = buildEach(values, namedTest);
  if ("problem" in each) return each;
  return { test: on((namespace, name) => (namespace !== "" || name !== "") && each.built.some((matches) => matches(namespace, name))) };
}

/** A bare name is in namespace `default`; what follows a second slash is ignored. */
function namedTest(value: string): { readonly built: NamedTest } | { readonly reason: string } {
  if (value === "") return { reason: "name must not be empty" };
  const [first = "", second] = value.split("/");
  const wanted = second === undefined ? "default" : first;
  const prefix = second ?? first;
  return { built: (namespace, name) => (wanted === "" || namespace === wanted) && name.startsWith(prefix) };
}
