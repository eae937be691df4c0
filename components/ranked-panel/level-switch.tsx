/** "by workload ▾": which level a panel counts by. A popover of links, so it works without script and with the keyboard. */
import { IconChevronDown } from "@tabler/icons-react";
import Link from "next/link";
import css from "./level-switch.module.css";

interface Props {
  /** Unique on the page. */
  readonly id: string;
  readonly now: string;
  readonly levels: readonly { readonly word: string; readonly href: string }[];
}

export function LevelSwitch({ id, now, levels }: Props) {
  return (
    <span className={css.switch}>
      <button type="button" popoverTarget={id} className={css.button}>
        by {now}
        <IconChevronDown size={12} stroke={1.6} aria-hidden="true" />
      </button>
      {/* Another level is another popover, which starts closed. */}
      <div key={now} id={id} popover="auto" className={css.menu}>
        {levels.map(({ word, href }) => (
          <Link key={word} href={href} prefetch={false} scroll={false} aria-current={word === now ? "true" : undefined}>
            by {word}
          </Link>
        ))}
      </div>
    </span>
  );
}
