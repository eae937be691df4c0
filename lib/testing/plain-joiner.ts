/** A joiner for tests of feeds: a line that ends in `\` goes on in the next one. */
import type { LineJoiner } from "#lib/decode/join-lines.ts";

export function createPlainJoiner(): LineJoiner {
  let held = "";
  return {
    push(line) {
      if (line.endsWith("\\")) {
        held += line.slice(0, -1);
        return [];
      }
      const whole = held + line;
      held = "";
      return [whole];
    },
    flush() {
      const rest = held === "" ? [] : [held];
      held = "";
      return rest;
    },
    get pending() {
      return held !== "";
    },
  };
}
