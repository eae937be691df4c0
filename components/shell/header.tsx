/** The top of every page: what cluster, which page, find, colours, help. */
import Link from "next/link";
import { visibleText } from "#lib/format/visible-text.ts";
import { NOTHING_CHOSEN, type Search } from "#lib/url/search.ts";
import css from "./header.module.css";
import { HelpButton } from "./help-button.tsx";
import { Logo } from "./logo.tsx";
import { PAGES, type PagePath, pageHref } from "./pages.ts";
import { PaletteButton } from "./palette-button.tsx";
import { SchemeSwitch } from "./scheme-switch.tsx";

interface Props {
  /** Undefined = none of the pages. */
  readonly path?: PagePath;
  readonly search?: Search;
  /** Names of the clusters in the store, biggest first. */
  readonly clusters?: readonly string[];
  /** Something is missing from every answer: a dot after "Coverage". */
  readonly isMissing?: boolean;
}

export function Header({ path, search = NOTHING_CHOSEN, clusters = [], isMissing = false }: Props) {
  return (
    <header className={css.header}>
      <a className={css.skip} href="#content">
        Skip to content
      </a>
      <Link href={pageHref("/", NOTHING_CHOSEN)} prefetch={false} className={css.logo}>
        <Logo />
        Weir
      </Link>
      {clusters.length > 0 && (
        <span className={css.cluster} title={clusters.map((name) => visibleText(name)).join(", ")}>
          {clusterWords(clusters)}
        </span>
      )}
      <nav className={css.pages} aria-label="Pages">
        {PAGES.map((page) => (
          <Link key={page.path} href={pageHref(page.path, search)} prefetch={false} aria-current={page.path === path ? "page" : undefined}>
            {page.name}
            {page.path === "/coverage" && isMissing && <span className={css.dot} role="img" aria-label="something is missing" />}
          </Link>
        ))}
      </nav>
      <div className={css.tools}>
        <PaletteButton search={search} />
        <SchemeSwitch />
        <HelpButton />
      </div>
    </header>
  );
}

function clusterWords(clusters: readonly string[]): string {
  const [first = "", ...more] = clusters;
  return more.length === 0 ? visibleText(first, 60) : `${clusters.length} clusters`;
}
