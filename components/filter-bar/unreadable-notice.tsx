/** What the address bar said and Weir could not use: named under the bar, never swallowed. */
import { IconAlertTriangle } from "@tabler/icons-react";
import { visibleText } from "#lib/format/visible-text.ts";
import type { Unreadable } from "#lib/url/unreadable.ts";
import css from "./filter-bar.module.css";

const SHOWN = 5;

export function UnreadableNotice({ unreadable }: { readonly unreadable: readonly Unreadable[] }) {
  if (unreadable.length === 0) return null;
  const more = unreadable.length - SHOWN;
  return (
    <div className={css.notice} role="status">
      <IconAlertTriangle size={14} stroke={1.6} aria-hidden="true" />
      <div>
        <b>
          {unreadable.length === 1
            ? "One part of this link could not be read."
            : `${unreadable.length} parts of this link could not be read.`}
        </b>{" "}
        What you see does not follow {unreadable.length === 1 ? "it" : "them"}.
        <ul>
          {unreadable.slice(0, SHOWN).map(({ name, value, why }) => (
            <li key={`${name}=${value}`}>
              <code>
                {visibleText(name, 60)}={visibleText(value, 80)}
              </code>{" "}
              {visibleText(why, 300)}
            </li>
          ))}
        </ul>
        {more > 0 && <p>and {more} more</p>}
      </div>
    </div>
  );
}
