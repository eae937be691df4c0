/** What all faces of "no rows" share: a glyph, a sentence, what it means, and ways on. */
import { IconAlertOctagon, IconAlertTriangle, IconCheck, IconCompass } from "@tabler/icons-react";
import type { ReactNode } from "react";
import css from "./face.module.css";

const ICONS = { empty: IconCheck, failed: IconAlertOctagon, partial: IconAlertTriangle, first: IconCompass } as const;

interface Props {
  readonly kind: keyof typeof ICONS;
  readonly title: string;
  readonly children?: ReactNode;
  /** The page holds nothing else, so this is its headline. */
  readonly isPage?: boolean;
  /** Links and buttons. */
  readonly ways?: ReactNode;
}

export function Face({ kind, title, isPage = false, children, ways }: Props) {
  const Icon = ICONS[kind];
  const Title = isPage ? "h1" : "h3";
  return (
    <div className={css.face} data-face={kind} role={kind === "failed" ? "alert" : undefined}>
      <Icon className={css.icon} size={18} stroke={1.6} aria-hidden="true" />
      <Title className={css.title}>{title}</Title>
      <div className={css.text}>{children}</div>
      {ways !== undefined && <div className={css.ways}>{ways}</div>}
    </div>
  );
}
