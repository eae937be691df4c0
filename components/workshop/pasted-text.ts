/** What the paste dialog holds: all of it in the field, or kept aside, or its start in the field with the rest behind it. */

export interface PastedText {
  /** What the field shows; undefined = no field, because the text is too long for one. */
  readonly inField: string | undefined;
  /** What follows it, unchanged. */
  readonly behind: string;
}

/** Letters that a field is given: browsers lay out every one of them, again with every change. */
export const MOST_IN_FIELD = 100_000;
const START_LETTERS = 20_000;

export function pastedText(text: string): PastedText {
  return text.length > MOST_IN_FIELD ? { inField: undefined, behind: text } : { inField: text, behind: "" };
}

export function wholeText({ inField = "", behind }: PastedText): string {
  return inField + behind;
}

/** The field with what was typed or put into it; with too much in it, everything is kept aside. */
export function retyped({ behind }: PastedText, inField: string): PastedText {
  return inField.length > MOST_IN_FIELD ? pastedText(inField + behind) : { inField, behind };
}

/** The start goes into the field, up to the end of a line where there is one. */
export function startInField(text: PastedText): PastedText {
  const whole = wholeText(text);
  const line = whole.lastIndexOf("\n", START_LETTERS);
  const end = line > 0 ? line + 1 : isHigh(whole.charCodeAt(START_LETTERS - 1)) ? START_LETTERS - 1 : START_LETTERS;
  return { inField: whole.slice(0, end), behind: whole.slice(end) };
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
