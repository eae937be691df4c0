/** Who reads which file now, so that no two read the same content at the same time. */
import { headPrint } from "./file-identity.ts";

/** One that reads a file, or is about to. */
export interface Reader {
  /** Which file: `keyOf`; empty = none yet. */
  readonly key: string;
  /** Its first line is not there yet, and was not when somebody last looked. Call with what `look` answered. */
  sawNothing(look: number): void;
  /** Its content is known by now. */
  saw(identity: string): void;
  /**
   * Whether it has to wait: somebody reads the same file, or one that begins in the same way, or may find one at its next look. `patient` =
   * whether it waits for the latter two. If not, it is the one that reads from now on.
   */
  mustWait(patient: boolean): boolean;
  /** It has read all there is, and does not read on before it asks again. */
  rests(): void;
  /** It looks for a file; what it finds has a reader of its own. */
  looks(): void;
  leaves(): void;
}

export interface Readers {
  /** Who begins before the last one left, is never missed between the two. */
  enter(key: string): Reader;
  isRead(key: string): boolean;
  /** To be called before a look. */
  look(): number;
}

export function keyOf({ inode, birthMs }: { readonly inode: string; readonly birthMs: number }): string {
  return `${inode}:${birthMs}`;
}

interface Entry {
  readonly key: string;
  print: string;
  state: "looking" | "waiting" | "reading" | "resting";
  /** Begin of its last look that found nothing, or when it saw its first line. */
  at: number;
}

export function createReaders(): Readers {
  /** In the order of their coming. */
  const entries = new Set<Entry>();
  let clock = 0;
  const look = (): number => ++clock;

  const blocks = (other: Entry, mine: Entry, isEarlier: boolean, patient: boolean): boolean => {
    if (other.key !== "" && other.key === mine.key) return isEarlier;
    if (!patient || other.state === "resting") return false;
    if (other.state === "looking") return other.at < mine.at;
    return other.print === mine.print && (other.state === "reading" || isEarlier);
  };

  return {
    look,
    isRead: (key) => [...entries].some((entry) => entry.key === key),
    enter(key) {
      const mine: Entry = { key, print: "", state: "looking", at: 0 };
      entries.add(mine);
      return {
        key,
        sawNothing(begun) {
          mine.at = begun;
        },
        saw(identity) {
          Object.assign(mine, { print: headPrint(identity), state: "waiting", at: look() });
        },
        mustWait(patient) {
          let isEarlier = true;
          for (const other of entries) {
            if (other === mine) isEarlier = false;
            else if (blocks(other, mine, isEarlier, patient)) return true;
          }
          mine.state = "reading";
          return false;
        },
        rests() {
          mine.state = "resting";
        },
        looks() {
          Object.assign(mine, { print: "", state: "looking", at: 0 });
        },
        leaves: () => void entries.delete(mine),
      };
    },
  };
}
