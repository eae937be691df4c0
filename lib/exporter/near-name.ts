/** The name that a misspelt one was probably meant to be. */

/** Case, dashes and underscores aside equal, or at most two letters away; undefined where nothing is near or two are equally near. */
export function nearName<N extends string>(written: string, names: readonly N[]): N | undefined {
  const bare = bareName(written);
  const bares = names.map((name) => [name, bareName(name)] as const);
  const same = bares.filter(([, name]) => name === bare);
  if (same.length > 0) return same.length === 1 ? same[0]?.[0] : undefined;
  if (bare.length < 4 || bare.length > 60) return undefined;
  const most = bare.length < 7 ? 1 : 2;
  const near = bares.filter(([, name]) => Math.abs(name.length - bare.length) <= most && distance(name, bare) <= most);
  return near.length === 1 ? near[0]?.[0] : undefined;
}

function bareName(text: string): string {
  return text.toLowerCase().replace(/[-_\s]/g, "");
}

/** Letters to add, drop or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
