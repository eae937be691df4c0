/** `source_pod`, `destination_pod`: `namespace/prefix`, never a wildcard. */
import type { Endpoint } from "#lib/flows/flow.ts";
import { buildEach, type CriterionRecord } from "../criterion.ts";
import { testOn } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { either } from "./say.ts";

const HELP =
  "namespace/prefix: prod/api is every pod of prod whose name starts with api, prod/ all of prod, /api any namespace, api alone default/api.";

export const sourcePod: CriterionRecord<"source_pod", "source"> = {
  name: "source_pod",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "from pods",
  help: `The sending pod as ${HELP}`,
  place: "sender",
  part: "source",
  build: (values) => buildPods("source", values),
  valueText: (value) => value,
  phrase: podPhrase,
};

export const destinationPod: CriterionRecord<"destination_pod", "destination"> = {
  name: "destination_pod",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "to pods",
  help: `The destination pod as ${HELP}`,
  place: "destination",
  part: "destination",
  build: (values) => buildPods("destination", values),
  valueText: (value) => value,
  phrase: podPhrase,
};

function podPhrase(values: readonly string[]): string {
  const spaces = values.filter((value) => /^[^/]+\/$/.test(value)).map((value) => value.slice(0, -1));
  return spaces.length === values.length
    ? `pods in ${either(spaces)}`
    : `pods ${either(values.map((value) => (value === "/" ? "of any name" : `${value}…`)))}`;
}

function buildPods<P extends "source" | "destination">(part: P, values: readonly string[]) {
  const each = buildEach(values, podTest);
  if ("problem" in each) return each;
  return { test: testOn<P>(part, (endpoint: Endpoint) => each.built.some((matches) => matches(endpoint))) };
}

/** A bare name is in namespace `default`; what follows a second slash is ignored; a flow that knows no pod at all never matches. */
function podTest(value: string): { readonly built: (endpoint: Endpoint) => boolean } | { readonly reason: string } {
  if (value === "") return { reason: "name must not be empty" };
  const [first = "", second] = value.split("/");
  const namespace = second === undefined ? "default" : first;
  const prefix = second ?? first;
  return {
    built: (endpoint) =>
      (endpoint.namespace !== "" || endpoint.pod !== "") &&
      (namespace === "" || endpoint.namespace === namespace) &&
      endpoint.pod.startsWith(prefix),
  };
}
