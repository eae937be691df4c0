/** Criteria over one end of a flow: pods, services, workloads, identities, clusters. */
import type { WorkloadValue } from "../filter.ts";
import type { KqlFact } from "../kql-columns.ts";
import { anyOf, jsonMatches, numberIn, textIn } from "./kql-tests.ts";
import { KqlRefusal, type KqlWriter } from "./kql-writer.ts";
import { objectRegex } from "./object-regex.ts";

export type End = "source" | "destination";

/** `namespace/prefix` over a namespace and a name; a row that knows neither never passes. */
export function namedIn(write: KqlWriter, namespaceFact: KqlFact, nameFact: KqlFact, values: readonly string[]): string {
  const [namespace, name] = [write.column(namespaceFact), write.column(nameFact)];
  const terms = values.map((value) => {
    if (value === "") throw new KqlRefusal("A name must not be empty.");
    const [first = "", second] = value.split("/");
    const wanted = second === undefined ? "default" : first;
    const prefix = second ?? first;
    const tests = [
      ...(wanted === "" ? [] : [`${namespace} == ${write.text(wanted)}`]),
      ...(prefix === "" ? [] : [`${name} startswith_cs ${write.text(prefix)}`]),
    ];
    return tests.length === 0 ? `(isnotempty(${namespace}) or isnotempty(${name}))` : `(${tests.join(" and ")})`;
  });
  return anyOf(terms);
}

/** Identity 0 selects endpoints that are there without one. */
export function identityIn(write: KqlWriter, end: End, values: readonly number[]): string {
  const others = values.filter((value) => value !== 0);
  const terms = others.length > 0 ? [numberIn(write, `${end}_identity`, others, 0)] : [];
  if (values.includes(0)) {
    const has = `coalesce(${write.column(`has_${end}`)}, false)`;
    terms.push(`(${has} and coalesce(${write.column(`${end}_identity`)}, long(0)) == 0)`);
  }
  return anyOf(terms);
}

export function clusterIn(write: KqlWriter, end: End, values: readonly string[]): string {
  if (values.includes("")) throw new KqlRefusal("A cluster name must not be empty.");
  return textIn(write, `${end}_cluster_name`, values);
}

/** The objects of the array hold `name` and `kind`, in either order, and leave out what is empty. */
export function workloadIn(write: KqlWriter, end: End, values: readonly WorkloadValue[]): string {
  const forms = values.map(({ name = "", kind = "" }) => objectRegex({ name: name || undefined, kind: kind || undefined }));
  return jsonMatches(write, `${end}_workloads`, forms.join("|"));
}
