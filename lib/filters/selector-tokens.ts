/** The words and symbols of a Kubernetes label selector. */

export interface SelectorToken {
  readonly is: "word" | "symbol" | "end";
  readonly text: string;
}

const SYMBOLS: ReadonlySet<string> = new Set(["=", "==", "!=", "!", "(", ")", ",", ">", "<"]);
const SPECIAL = "=!(),><";
const BLANK = " \t\r\n";

/** A NUL ends the text, as it does in Kubernetes' own lexer. `in` and `notin` are words here; the grammar knows where they are operators. */
export function selectorTokens(text: string): SelectorToken[] {
  const tokens: SelectorToken[] = [];
  let at = 0;
  const end = text.includes("\0") ? text.indexOf("\0") : text.length;
  while (at < end) {
    const start = at;
    if (BLANK.includes(text.charAt(at))) at += 1;
    else if (SPECIAL.includes(text.charAt(at))) {
      at += SYMBOLS.has(text.slice(at, Math.min(at + 2, end))) ? 2 : 1;
      tokens.push({ is: "symbol", text: text.slice(start, at) });
    } else {
      while (at < end && !BLANK.includes(text.charAt(at)) && !SPECIAL.includes(text.charAt(at))) at += 1;
      tokens.push({ is: "word", text: text.slice(start, at) });
    }
  }
  return tokens;
}
