/**
 * RE2 patterns for Kusto. Its engine is another one (docs: "Regex syntax"; `\\d` is any Unicode digit there, `{` alone an error, `&&` an
 * intersection), so a pattern is written again in what both read alike, and anything else is refused.
 */

type Portable = { readonly regex: string } | { readonly reason: string };

class Odd extends Error {}

const ASCII_CLASSES: ReadonlyMap<string, string> = new Map([
  ["d", "0-9"],
  ["w", "0-9A-Za-z_"],
  ["s", String.raw`\t\n\f\r `],
]);
const CONTROLS = "tnrfv";
const META = String.raw`\.+*?()|[]{}^$`;
const PLAIN_IN_CLASS = /^[^\\[\]^&~-]$/u;

/** For a pattern that the agent's own engine accepts. */
export function portableRegex(pattern: string): Portable {
  const flags = /^\(\?([is]{1,2})\)/.exec(pattern);
  try {
    const body = written(flags === null ? pattern : pattern.slice(flags[0].length));
    return { regex: flags === null ? body : `(?${flags[1]}:${body})` };
  } catch (fault) {
    if (fault instanceof Odd) return { reason: `Kusto's engine reads ${fault.message} in another way, or not at all.` };
    throw fault;
  }
}

function written(pattern: string): string {
  const points = Array.from(pattern);
  let out = "";
  for (let at = 0; at < points.length; ) {
    const [piece, next] = pieceAt(points, at);
    out += piece;
    at = next;
  }
  return out;
}

/** What stands at this place, and where the next begins. */
function pieceAt(points: readonly string[], at: number): readonly [string, number] {
  const point = points[at] ?? "";
  if (point === "\\") return [escaped(points[at + 1] ?? ""), at + 2];
  if (point === "[") return classAt(points, at);
  if (point === "(") return groupAt(points, at);
  if (point === "{") return repetitionAt(points, at);
  if (point === "]" || point === "}") return [`\\${point}`, at + 1];
  // Some engines repeat no bare assertion.
  if ((point === "^" || point === "$") && "*+?{".includes(points[at + 1] ?? " ")) return [`(?:${point})`, at + 1];
  return [point, at + 1];
}

function escaped(letter: string): string {
  const ascii = ASCII_CLASSES.get(letter.toLowerCase());
  if (ascii !== undefined) return letter === letter.toLowerCase() ? `[${ascii}]` : `[^${ascii}]`;
  if (letter === "A") return "(?:^)";
  if (letter === "z") return "(?:$)";
  return escapedLiteral(letter);
}

function escapedLiteral(letter: string): string {
  if (letter !== "" && CONTROLS.includes(letter)) return `\\${letter}`;
  if (META.includes(letter) && letter !== "") return `\\${letter}`;
  if (/^[!-/:-@[-`{-~]$/.test(letter)) return letter;
  throw new Odd(`\\${letter}`);
}

function groupAt(points: readonly string[], at: number): readonly [string, number] {
  if (points[at + 1] !== "?") return ["(", at + 1];
  if (points[at + 2] === ":") return ["(?:", at + 3];
  throw new Odd(points.slice(at, at + 4).join(""));
}

function repetitionAt(points: readonly string[], at: number): readonly [string, number] {
  // RE2 takes {00} for four characters, as it does every count with a zero in front
  const found = /^\{(?:0|[1-9]\d{0,3})(?:,(?:0|[1-9]\d{0,3})?)?\}/.exec(points.slice(at, at + 12).join(""));
  if (found === null) throw new Odd("{ that repeats nothing");
  return [found[0], at + found[0].length];
}

function classAt(points: readonly string[], at: number): readonly [string, number] {
  const isNegated = points[at + 1] === "^";
  let out = isNegated ? "[^" : "[";
  let place = at + (isNegated ? 2 : 1);
  if (points[place] === "]") throw new Odd("] at the beginning of a class");
  while (points[place] !== "]") {
    if (points[place] === undefined) throw new Odd("a class without an end");
    const [piece, next] = memberAt(points, place);
    out += piece;
    place = next;
  }
  return [`${out}]`, place + 1];
}

/** A character, or a range of characters; a dash means itself at either end. */
function memberAt(points: readonly string[], at: number): readonly [string, number] {
  const [low, next, isSet] = characterAt(points, at);
  if (points[next] !== "-" || points[next + 1] === "]") return [low, next];
  const [high, after, isHighSet] = characterAt(points, next + 1);
  if (isSet || isHighSet) throw new Odd("a range that ends in a class");
  return [`${low}-${high}`, after];
}

function characterAt(points: readonly string[], at: number): readonly [string, number, boolean] {
  const point = points[at] ?? "";
  if (point === "\\") {
    const letter = points[at + 1] ?? "";
    const ascii = ASCII_CLASSES.get(letter);
    if (ascii !== undefined) return [ascii, at + 2, true];
    const literal = escapedLiteral(letter);
    return [/^[&~-]$/.test(literal) ? `\\${literal}` : literal, at + 2, false];
  }
  if (point === "[") throw new Odd("[ inside a class");
  if (/^[\^&~-]$/.test(point)) return [`\\${point}`, at + 1, false];
  if (!PLAIN_IN_CLASS.test(point)) throw new Odd(point);
  return [point, at + 1, false];
}
