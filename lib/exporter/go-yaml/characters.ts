/** Classes of characters as go-yaml's scanner knows them. The empty string stands for the end of the text. */

export function isBreak(character: string): boolean {
  return character === "\n" || character === "\r" || character === "\u0085" || character === "\u2028" || character === "\u2029";
}

export function isBlank(character: string): boolean {
  return character === " " || character === "\t";
}

export function isBlankOrEnd(character: string): boolean {
  return character === "" || isBlank(character) || isBreak(character);
}

export function isBreakOrEnd(character: string): boolean {
  return character === "" || isBreak(character);
}

/** Letters of anchors, directives and tag handles. */
export function isWord(character: string): boolean {
  return /^[0-9A-Za-z_-]$/.test(character);
}

export function isDigit(character: string): boolean {
  return character >= "0" && character <= "9" && character.length === 1;
}

/** Whatever go-yaml's reader refuses to see raw, even in a comment. */
const REFUSED = /[^\t\n\r\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Offset of the first refused character; undefined = none. */
export function firstRefused(text: string): number | undefined {
  const at = text.search(REFUSED);
  return at < 0 ? undefined : at;
}
