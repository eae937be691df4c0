/** Text that came from a log: hidden and reordering characters are spelt out, and it never runs in another direction. */
import { visibleText } from "#lib/format/visible-text.ts";

interface Props {
  readonly text: string;
  /** UTF-16 units at most. */
  readonly most?: number;
}

export function LogText({ text, most }: Props) {
  return <bdi>{visibleText(text, most)}</bdi>;
}
