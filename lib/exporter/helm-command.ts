/** The values that a pasted `helm … --set` command sets, for people who have the exporter's configuration only there. */

type Value = string | number | boolean | null | Value[] | Map<string, Value>;

const SETTING = /--set(?:-string)?[ =]+(?:'([^']*)'|"([^"]*)"|(\S+))/g;
const STEP = /([^.[\]]+)|\[(\d{1,3})\]/g;
/** Longest list that an index may ask for. */
const MOST_ITEMS = 500;

export function isHelmCommand(text: string): boolean {
  return /^\s*helm\s/m.test(text) && /--set[ =]+['"]?hubble\.export\./.test(text);
}

/** As JSON.stringify takes it. Commas that separate several settings are followed; a backslash keeps what comes after it. */
export function valuesOfHelmCommand(text: string): unknown {
  const root = new Map<string, Value>();
  for (const [, single, double, bare] of text.matchAll(SETTING)) {
    for (const setting of (single ?? double ?? bare ?? "").split(/(?<!\\),(?=[A-Za-z_])/)) {
      const equals = setting.indexOf("=");
      if (equals > 0) place(root, steps(setting.slice(0, equals)), typed(setting.slice(equals + 1)));
    }
  }
  return plain(root);
}

function steps(path: string): readonly (string | number)[] {
  return [...path.matchAll(STEP)].map(([, name, index]) => (index === undefined ? (name ?? "") : Number(index)));
}

function place(map: Map<string, Value>, path: readonly (string | number)[], value: Value): void {
  let into: Map<string, Value> | Value[] = map;
  for (const [index, step] of path.entries()) {
    const next = path[index + 1];
    const fresh: Value = next === undefined ? value : typeof next === "number" ? [] : new Map<string, Value>();
    const before: Value | undefined = Array.isArray(into) ? into[Number(step)] : into.get(String(step));
    const stays: boolean = next !== undefined && (Array.isArray(before) || before instanceof Map);
    if (!stays) {
      if (!Array.isArray(into)) into.set(String(step), fresh);
      else if (Number(step) < MOST_ITEMS) into[Number(step)] = fresh;
    }
    const after: Value | undefined = stays ? before : fresh;
    if (!(Array.isArray(after) || after instanceof Map)) return;
    into = after;
  }
}

/** As Helm reads a value: booleans, null and whole numbers are such. */
function typed(text: string): Value {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  if (/^\{.*\}$/.test(text)) return text.slice(1, -1).split(",").filter(Boolean).map(typed);
  return /^(?:0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text.replace(/\\(.)/g, "$1");
}

function plain(value: Value | undefined): unknown {
  if (Array.isArray(value)) return Array.from(value, plain);
  return value instanceof Map ? Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)])) : (value ?? null);
}
