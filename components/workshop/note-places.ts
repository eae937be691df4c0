/** Where notes stand in the margin: beside their lines, below one another where lines are closer than notes are tall. */

export interface Note {
  /** From 1; undefined = about the whole text. */
  readonly line: number | undefined;
  /** Pixels. */
  readonly height: number;
}

export const LINE_HEIGHT = 20;
/** Above the first line. */
export const TEXT_TOP = 12;
const GAP = 12;
/** From a note's top to the line that ties it. */
export const TIE = 17;

/** The top of each note in pixels, in the order given, which should be the order of lines. */
export function noteTops(notes: readonly Note[]): readonly number[] {
  const tops: number[] = [];
  let free = TEXT_TOP;
  for (const { line = 1, height } of notes) {
    const top = Math.max(free, lineMiddle(line) - TIE);
    tops.push(top);
    free = top + height + GAP;
  }
  return tops;
}

export function lineMiddle(line: number): number {
  return TEXT_TOP + (line - 1) * LINE_HEIGHT + LINE_HEIGHT / 2;
}

/** Before a browser measured it: text of 268 pixels wraps at about 44 letters. */
export function guessedHeight({ title, explanation, fix }: { title: string; explanation: string; fix: string | undefined }): number {
  const lines = (text: string, letters: number): number => Math.max(1, Math.ceil(Math.min(text.length, 700) / letters));
  return 20 + 17 * (lines(title, 30) + lines(explanation, 42)) + (fix === undefined ? 0 : 31);
}
