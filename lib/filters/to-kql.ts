/**
 * A filter as a KQL predicate for Azure Data Explorer: a text made of our own words, column names and parameter names, and the values
 * beside it as declared query parameters. It means what the filter means in memory, or it is refused.
 */
import { compileClause } from "./compile-filter.ts";
import type { CriterionName } from "./criterion.ts";
import { criteriaOf } from "./edit-filter.ts";
import type { Clause, Filter } from "./filter.ts";
import { KQL_OF } from "./kql/kql-criteria.ts";
import { allOf, anyOf } from "./kql/kql-tests.ts";
import { KqlRefusal, KqlWriter } from "./kql/kql-writer.ts";
import type { KqlColumns, KqlPredicate } from "./kql-columns.ts";
import { cannotSay, type Refusal, type Spelled } from "./spelling.ts";

/** Parameters are called `prefix0`, `prefix1`, ...: give each predicate of a query a prefix of its own. */
export function toKql(filter: Filter, columns: KqlColumns, prefix = "f"): Spelled<KqlPredicate> {
  const write = new KqlWriter(columns, prefix);
  const include = clausesText(filter.include, write);
  if (include.refusal) return include;
  const exclude = clausesText(filter.exclude, write);
  if (exclude.refusal) return exclude;
  const terms = [
    ...(filter.include.length > 0 ? [anyOf(include.spelled)] : []),
    ...(filter.exclude.length > 0 ? [`not(${anyOf(exclude.spelled)})`] : []),
  ];
  return { spelled: { text: terms.length === 0 ? "true" : terms.join(" and "), parameters: write.parameters } };
}

function clausesText(clauses: readonly Clause[], write: KqlWriter): Spelled<readonly string[]> {
  const texts: string[] = [];
  for (const clause of clauses) {
    const built = compileClause(clause);
    if ("problem" in built && built.problem.class !== "unsupported") return cannotSay(built.criterion, built.problem.reason);
    const terms: string[] = [];
    for (const criterion of criteriaOf(clause)) {
      const term = criterionText(clause, criterion, write);
      if ("refusal" in term) return { refusal: term.refusal };
      terms.push(term.text);
    }
    texts.push(allOf(terms));
  }
  return { spelled: texts };
}

function criterionText<N extends CriterionName>(
  clause: Clause,
  criterion: N,
  write: KqlWriter,
): { readonly text: string } | { readonly refusal: Refusal } {
  const values: Clause[N] = clause[criterion];
  try {
    return { text: values === undefined ? "true" : KQL_OF[criterion](write, values) };
  } catch (fault) {
    if (fault instanceof KqlRefusal) return cannotSay(criterion, fault.message);
    throw fault;
  }
}
