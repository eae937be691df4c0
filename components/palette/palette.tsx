"use client";
/** The command palette: pages, and whatever is stored in the window under the name that is typed. */
import "@mantine/spotlight/styles.layer.css";
import {
  createSpotlight,
  SpotlightAction,
  SpotlightActionsGroup,
  SpotlightActionsList,
  SpotlightEmpty,
  SpotlightRoot,
  SpotlightSearch,
} from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { FACET_WORDS } from "#components/facets/facet-words.ts";
import { PAGES, pageHref } from "#components/shell/pages.ts";
import { formatCount } from "#lib/format/format-count.ts";
import type { Search } from "#lib/url/search.ts";
import css from "./palette.module.css";
import { useFoundValues } from "./use-found-values.ts";

interface Props {
  readonly search: Search;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const [store, spotlight] = createSpotlight();

export function Palette({ search, isOpen, onClose }: Props) {
  const router = useRouter();
  const path = usePathname();
  const [query, setQuery] = useState("");
  const { values, note } = useFoundValues(search, path, query);
  const wanted = query.trim().toLowerCase();
  const pages = PAGES.filter(({ name, about }) => `${name} ${about}`.toLowerCase().includes(wanted));
  useEffect(() => {
    if (isOpen) spotlight.open();
  }, [isOpen]);
  return (
    <SpotlightRoot
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      overlayProps={{ backgroundOpacity: 0.25 }}
      transitionProps={{ duration: 0 }}
      classNames={{
        content: css.content,
        search: css.search,
        action: css.action,
        actionsList: css.list,
        empty: css.empty,
        actionsGroup: css.group,
      }}
      attributes={{ content: { "aria-label": "Command palette" } }}
    >
      <SpotlightSearch
        aria-label="Find a pod, group, address or page"
        placeholder="Find a pod, group, address or page"
        leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
        maxLength={200}
      />
      <SpotlightActionsList>
        {values.length > 0 && (
          <SpotlightActionsGroup label="In this window">
            {values.map((value) => (
              <SpotlightAction key={value.id} onClick={() => router.push(value.href)}>
                <span className={css.kind}>{FACET_WORDS[value.dimension].title}</span> <bdi className={css.value}>{value.text}</bdi>{" "}
                {value.note !== "" && <span className={css.note}>{value.note} </span>}
                <span className={css.count}>{formatCount(value.attempts)}</span>
              </SpotlightAction>
            ))}
          </SpotlightActionsGroup>
        )}
        {pages.length > 0 && (
          <SpotlightActionsGroup label="Pages">
            {pages.map((page) => (
              <SpotlightAction key={page.path} onClick={() => router.push(pageHref(page.path, search))}>
                <span className={css.kind}>Page</span> <span className={css.value}>{page.name}</span>{" "}
                <span className={css.note}>{page.about}</span>
              </SpotlightAction>
            ))}
          </SpotlightActionsGroup>
        )}
        {values.length + pages.length === 0 && <SpotlightEmpty>{note}</SpotlightEmpty>}
      </SpotlightActionsList>
      <p className={css.status} role="status">
        {note}
      </p>
    </SpotlightRoot>
  );
}
