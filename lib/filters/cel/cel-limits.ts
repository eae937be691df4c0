/** What decides about an expression before it is run: what its text says beside the grammar, and what is not previewed because it may take too long. */
import type { Expression } from "./cel-check.ts";

/** Agents of newer patch releases build no longer ones, older ones do. */
export const LONGEST_CEL = 4096;
/** The parser's time grows with the cube of what is open: 500 brackets take a second. */
const MOST_BRACKETS = 48;
const DEEPEST = 2;
const LONGEST_INNER_LIST = 50;

const RAW_TEXT = /(?:[rR][bB]?|[bB][rR])(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"[^"\r\n]*"|'[^'\r\n]*')/u;
const TEXT = /[bB]?(?:"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*')/u;
const COMMENT = /\/\/[^\n]*/u;
const TOKEN = new RegExp([RAW_TEXT, TEXT, COMMENT].map(({ source }) => source).join("|"), "gu");
const RAW = /^[bB]?[rR]/;
const SHORT_ESCAPES = /\\(?:[abfnrtv"'\\`?]|[0-3][0-7]{2}|[xX][0-9a-fA-F]{2})/gu;
const UNICODE_ESCAPES = /\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/gu;
/** Newer than the cel-go of Cilium 1.17, or names that only its own macros may use. */
const UNSURE_WORDS = /\bexistsOne\b|\b__result__\b/;

export type Read = { readonly text: string } | { readonly reason: string; readonly class?: "unsupported" };

/** The expression without its comments, which the parser does not know. */
export function readCel(source: string): Read {
  if (source.length > LONGEST_CEL)
    return { reason: `an expression of more than ${LONGEST_CEL} characters is not previewed`, class: "unsupported" };
  let bare = "";
  let at = 0;
  let text = "";
  for (const found of source.matchAll(TOKEN)) {
    const [token] = found;
    const between = source.slice(at, found.index);
    at = found.index + token.length;
    bare += `${between} `;
    text += between + (token.startsWith("//") ? " ".repeat(token.length) : token);
    if (!token.startsWith("//") && hasBadEscape(token)) return { reason: "token recognition error: an escape that CEL does not know" };
  }
  bare += source.slice(at);
  text += source.slice(at);
  if (bracketDepth(bare) > MOST_BRACKETS)
    return { reason: `brackets more than ${MOST_BRACKETS} deep in one another are not previewed`, class: "unsupported" };
  const unsure = UNSURE_WORDS.exec(bare);
  return unsure ? { reason: `what ${unsure[0]} means depends on the agent's release`, class: "unsupported" } : { text };
}

function bracketDepth(bare: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of bare) {
    if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function hasBadEscape(literal: string): boolean {
  if (RAW.test(literal)) return false;
  const rest = literal.replace(SHORT_ESCAPES, "");
  return (/^[bB]/.test(literal) ? rest : rest.replace(UNICODE_ESCAPES, "")).includes("\\");
}

/** Why running it could take too long; undefined = it cannot. */
export function tooHeavy(expression: Expression): string | undefined {
  const { depth, longest } = weightOf(expression);
  if (depth > DEEPEST) return `macros more than ${DEEPEST} deep in one another are not previewed`;
  return depth === DEEPEST && longest > LONGEST_INNER_LIST ? "a long list inside macros is not previewed" : undefined;
}

interface Weight {
  /** Comprehensions inside one another. */
  readonly depth: number;
  /** Elements of the longest list written out. */
  readonly longest: number;
}

function weightOf(expression: Expression | undefined): Weight {
  if (expression === undefined) return { depth: 0, longest: 0 };
  const { exprKind } = expression;
  switch (exprKind.case) {
    case "selectExpr":
      return weightOf(exprKind.value.operand);
    case "callExpr":
      return heaviest([exprKind.value.target, ...exprKind.value.args]);
    case "listExpr": {
      const { depth, longest } = heaviest(exprKind.value.elements);
      return { depth, longest: Math.max(longest, exprKind.value.elements.length) };
    }
    case "structExpr": {
      const { entries } = exprKind.value;
      const { depth, longest } = heaviest(entries.map(({ value }) => value));
      return { depth, longest: Math.max(longest, entries.length) };
    }
    case "comprehensionExpr": {
      const { iterRange, accuInit, loopStep, result } = exprKind.value;
      const inner = heaviest([loopStep]);
      const outer = heaviest([iterRange, accuInit, result]);
      return { depth: Math.max(inner.depth + 1, outer.depth), longest: Math.max(inner.longest, outer.longest) };
    }
    default:
      return { depth: 0, longest: 0 };
  }
}

function heaviest(expressions: readonly (Expression | undefined)[]): Weight {
  const weights = expressions.map(weightOf);
  return { depth: Math.max(0, ...weights.map(({ depth }) => depth)), longest: Math.max(0, ...weights.map(({ longest }) => longest)) };
}
