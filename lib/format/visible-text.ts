/** Text from a log, made safe to look at: what would hide, reorder or break it is shown as a code point, and it has an end. */

/** Controls, format characters (bidi, zero width, soft hyphen), line separators, lone surrogates, and what draws nothing. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;

const USUAL_LENGTH = 300;

/** At most `most` UTF-16 units of the text, then an ellipsis: `pay⟨U+202E⟩load`. The result may be longer, for code points are spelt out. */
export function visibleText(text: string, most = USUAL_LENGTH): string {
  const cut = text.length > most ? text.slice(0, isHigh(text.charCodeAt(most - 1)) ? most - 1 : most) : text;
  const shown = cut.replace(INVISIBLE, codePoint);
  return cut.length < text.length ? `${shown}…` : shown;
}

/** Without its middle, so that the end that tells names apart stays: `aks-apps-3188…00000b`. */
export function withoutMiddle(text: string, most: number): string {
  const units = [...text];
  if (units.length <= most || most < 3) return text;
  const end = Math.floor((most - 1) / 2);
  return `${units.slice(0, most - 1 - end).join("")}…${units.slice(-end).join("")}`;
}

function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `⟨U+${hex}⟩`;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
