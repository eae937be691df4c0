/** The same page on a window of its own. */
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { encodeQuery } from "#lib/url/encode-query.ts";
import { instantText, printWindow } from "#lib/url/window-params.ts";

/** `unwindowed` is the page's address without a window; windows stand first in an address. */
export function zoomHref(unwindowed: string, { from, to }: ResolvedWindow): string {
  const [path = "", rest] = unwindowed.split("?", 2);
  const window = encodeQuery(printWindow({ from: instantText(from), to: instantText(to) }));
  return `${path}?${window}${rest === undefined ? "" : `&${rest}`}`;
}
