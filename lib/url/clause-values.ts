/** The values of one clause as plain texts: what parameters and compound exclusions are made of. */
import type { CriterionName, ValuesOf } from "#lib/filters/criterion.ts";
import type { Clause } from "#lib/filters/filter.ts";
import { CRITERIA, type Criterion, SPELLINGS, type Spelling } from "./criteria.ts";

/** Texts per criterion, in writing order; undefined = this clause needs JSON. */
export function textsOfClause(clause: Clause): readonly { readonly criterion: Criterion; readonly texts: readonly string[] }[] | undefined {
  const found: { criterion: Criterion; texts: readonly string[] }[] = [];
  for (const criterion of CRITERIA) {
    const texts = textsOf(clause, criterion.key);
    if (texts === "needs-json") return undefined;
    if (texts !== undefined) found.push({ criterion, texts });
  }
  return found.length === 0 ? undefined : found;
}

function textsOf<N extends CriterionName>(clause: Clause, key: N): readonly string[] | undefined | "needs-json" {
  const values: Clause[N] = clause[key];
  if (values === undefined) return undefined;
  if (values.length === 0) return "needs-json";
  const { codec, check }: Spelling<ValuesOf<N>[number]> = SPELLINGS[key];
  const texts = new Set<string>();
  for (const value of values) {
    const text = codec.print(value);
    // Such as the port 0443: an agent takes it, a parameter does not.
    if (text === undefined || check?.(value) !== undefined) return "needs-json";
    texts.add(text);
  }
  return [...texts];
}
