/** What log tools put before a line: CRI and `kubectl --timestamps` times, `kubectl --prefix` names, a byte order mark. */
import { parseTime } from "#lib/flows/flow-time.ts";

export interface LineHead {
  /** Where the line itself begins. */
  readonly end: number;
  /** The text of the first time met, empty when there is none, and where it begins. */
  readonly timeText: string;
  readonly timeStart: number;
}

const HEADS_MAX = 4;
// As latin1 code units and as Unicode.
const BYTE_ORDER_MARK = /^(?:\u00ef\u00bb\u00bf|\ufeff)/;
const TIME = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (?:(?:stdout|stderr) [FP](?::[A-Za-z]+)? ?)?/y;
const PREFIX = /\[[a-z]+\/[^\s\]]{1,600}\] /y;
const NO_HEAD: LineHead = { end: 0, timeText: "", timeStart: 0 };

export function headOf(line: string): LineHead {
  const first = line.charCodeAt(0);
  const possible = (first >= 0x30 && first <= 0x39) || first === 0x5b || first > 0x7f;
  if (!possible) return NO_HEAD;
  let end = BYTE_ORDER_MARK.exec(line)?.[0].length ?? 0;
  let timeText = "";
  let timeStart = 0;
  for (let count = 0; count < HEADS_MAX; count++) {
    TIME.lastIndex = end;
    const time = TIME.exec(line);
    if (time?.[1] !== undefined && parseTime(time[1]) !== undefined) {
      if (timeText === "") {
        timeText = time[1];
        timeStart = end;
      }
      end = TIME.lastIndex;
      continue;
    }
    PREFIX.lastIndex = end;
    if (!PREFIX.test(line)) break;
    end = PREFIX.lastIndex;
  }
  return { end, timeText, timeStart };
}
