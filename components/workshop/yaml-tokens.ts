/** One line of YAML (or of a command) cut into what is coloured: enough for reading, not a parser. */

export type TokenKind = "key" | "text" | "number" | "dim" | "plain";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const LINE = /^(\s*)((?:- +)*)((?:"[^"]*"|'[^']*'|[^\s"'#:[\]{}][^#:]*?)(?=:(?:\s|$)))?(.*)$/;

export function yamlTokens(line: string): readonly Token[] {
  const [, indent = "", dashes = "", key = "", rest = ""] = LINE.exec(line) ?? [];
  const tokens: Token[] = [
    { kind: "plain", text: indent },
    { kind: "dim", text: dashes },
    { kind: "key", text: key },
  ];
  const colon = key !== "" && rest.startsWith(":") ? ":" : "";
  const [, gap = "", value = "", comment = ""] = /^(\s*)(.*?)(\s+#.*|#.*)?$/.exec(rest.slice(colon.length)) ?? [];
  tokens.push({ kind: "dim", text: colon }, { kind: "plain", text: gap }, valueToken(value), { kind: "dim", text: comment });
  return tokens.filter(({ text }) => text !== "");
}

function valueToken(value: string): Token {
  if (/^-?\d+(?:\.\d+)?$/.test(value)) return { kind: "number", text: value };
  if (/^(?:[|>][+-]?\d?|\[\]|\{\}|-|---)$/.test(value)) return { kind: "dim", text: value };
  return { kind: "text", text: value };
}

/** A line of a shell script: comments, prompts and the rest. */
export function shellTokens(line: string): readonly Token[] {
  return [{ kind: line.trimStart().startsWith("#") ? "dim" : "plain", text: line }];
}
