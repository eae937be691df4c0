/** Which time is asked about: relative presets, a range of one's own, the resolved window with its zone, and a pin that fixes it. */
import { IconClock, IconPin, IconPinFilled } from "@tabler/icons-react";
import Link from "next/link";
import { Dropdown } from "#components/ui/dropdown.tsx";
import items from "#components/ui/menu-items.module.css";
import { MenuLink } from "#components/ui/menu-link.tsx";
import type { Coverage } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { CustomRange } from "./custom-range.tsx";
import css from "./window-picker.module.css";
import { WindowText } from "./window-text.tsx";
import { isRelative, PRESETS, windowWords } from "./window-words.ts";

interface Props {
  readonly path: string;
  readonly search: Search;
  readonly asked: ResolvedWindow;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly span: Coverage["span"];
}

export function WindowPicker({ path, search, asked, now, span }: Props) {
  const to = (window: Search["window"]): string => hrefOf(path, { ...search, window });
  const words = windowWords(search.window, asked, span);
  const isMoving = isRelative(search.window);
  const zoneHref = (zone: Search["zone"]): string => hrefOf(path, { ...search, zone });
  return (
    <div className={css.window}>
      <Dropdown
        className={css.words}
        look="plain"
        label={
          <>
            <IconClock size={14} stroke={1.5} aria-hidden="true" />
            {words}
          </>
        }
        name={`Window: ${words}`}
      >
        <div className={css.panel} data-testid="window-panel">
          <div>
            {PRESETS.map((preset) => (
              <MenuLink key={preset.from} href={to({ from: preset.from, to: "now" })} isChosen={words === preset.words}>
                {preset.words}
              </MenuLink>
            ))}
            <div className={items.rule} />
            {span !== undefined && (
              <MenuLink href={to(wholeSpan(span))} isChosen={words === "All stored time"}>
                All stored time
              </MenuLink>
            )}
          </div>
          <div className={css.own}>
            <p className={items.head}>A range of your own</p>
            <CustomRange path={path} rest={hrefOf("", { ...search, window: undefined })} asked={asked} zone={search.zone} />
            <p className={items.head}>Clock</p>
            <nav className={css.zones} aria-label="Clock">
              <Link href={zoneHref("utc")} prefetch={false} scroll={false} aria-current={search.zone === "utc" ? "true" : undefined}>
                UTC
              </Link>
              <Link href={zoneHref("local")} prefetch={false} scroll={false} aria-current={search.zone === "local" ? "true" : undefined}>
                Local
              </Link>
            </nav>
          </div>
        </div>
      </Dropdown>
      <span className={css.resolved}>
        <WindowText asked={asked} now={now} zone={search.zone} />
      </span>
      {isMoving ? (
        <Link
          className={css.pin}
          href={to({ from: iso(asked.from), to: iso(asked.to) })}
          prefetch={false}
          scroll={false}
          aria-label="Pin to these exact times"
          title="Pin to these exact times: the link then shows the same window tomorrow"
        >
          <IconPin size={14} stroke={1.5} aria-hidden="true" />
        </Link>
      ) : (
        <span className={css.pin} title="Pinned: this link always shows the same window">
          <IconPinFilled size={14} role="img" aria-label="Pinned to these exact times" />
        </span>
      )}
    </div>
  );
}

function wholeSpan(span: { readonly oldest: string; readonly newest: string }): { from: string; to: string } {
  return { from: iso(Math.floor(Date.parse(span.oldest))), to: iso(Math.floor(Date.parse(span.newest)) + 1) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
