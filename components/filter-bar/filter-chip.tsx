/** One chip: `key value ×`. Its words open what can be changed about it; the cross takes it out. */
import { IconArrowsExchange, IconX } from "@tabler/icons-react";
import Link from "next/link";
import { capital } from "#components/ui/capital.ts";
import { Dropdown } from "#components/ui/dropdown.tsx";
import items from "#components/ui/menu-items.module.css";
import { MenuLink } from "#components/ui/menu-link.tsx";
import { ReasonMark } from "#components/ui/reason-mark.tsx";
import { AddValue } from "./add-value.tsx";
import css from "./chip.module.css";
import type { ChipModel } from "./chip-model.ts";

export function FilterChip({ chip }: { readonly chip: ChipModel }) {
  const { label, isExclude, values, removeHref, flipHref, criterion } = chip;
  const said = `${label} ${values.map((value) => value.text).join(", ")}`.trim();
  return (
    <li className={css.chip} data-exclude={isExclude}>
      <Dropdown className={css.words} hasArrow={false} look="plain" name={`Edit filter ${said}`} label={<Words chip={chip} />}>
        <div className={css.edit}>
          {values.length > 1 &&
            values.map(
              ({ text, removeHref: href }) =>
                href !== undefined && (
                  <MenuLink key={text} href={href}>
                    <IconX size={12} stroke={1.6} aria-hidden="true" />
                    Without {text}
                  </MenuLink>
                ),
            )}
          {criterion !== undefined && <AddValue criterion={criterion} isExclude={isExclude} />}
          {flipHref !== undefined && (
            <MenuLink href={flipHref}>
              <IconArrowsExchange size={14} stroke={1.5} aria-hidden="true" />
              {isExclude ? "Include instead" : "Exclude instead"}
            </MenuLink>
          )}
          {flipHref !== undefined && <div className={items.rule} />}
          <MenuLink href={removeHref}>
            <IconX size={14} stroke={1.5} aria-hidden="true" />
            Remove this filter
          </MenuLink>
        </div>
      </Dropdown>
      <Link
        className={css.remove}
        href={removeHref}
        prefetch={false}
        scroll={false}
        aria-label={`Remove filter ${said}`}
        data-chip-remove=""
      >
        <IconX size={12} stroke={1.6} aria-hidden="true" />
      </Link>
    </li>
  );
}

function Words({ chip }: { readonly chip: ChipModel }) {
  return (
    <>
      {chip.label !== "" && <span className={css.label}>{chip.label}</span>}
      <span className={css.values}>
        {chip.values.map(({ text, reason }, index) => (
          <span key={text} className={css.value}>
            {reason !== undefined && <ReasonMark reason={reason} size={11} />}
            <span className={css.text}>
              <bdi>{reason === undefined ? text : capital(text)}</bdi>
              {index < chip.values.length - 1 && ","}
            </span>
          </span>
        ))}
      </span>
    </>
  );
}
