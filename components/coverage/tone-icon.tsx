/** A glyph per state of coverage; the words beside it say the same. */
import { IconAlertOctagon, IconAlertTriangle, IconCheck, IconRefresh, IconRipple } from "@tabler/icons-react";
import css from "./coverage-line.module.css";
import type { CoverageTone } from "./coverage-phrase.ts";

const ICONS = { ok: IconCheck, warn: IconAlertTriangle, bad: IconAlertOctagon, reading: IconRefresh, demo: IconRipple } as const;

export function ToneIcon({ tone, size = 14 }: { readonly tone: CoverageTone; readonly size?: number }) {
  const Icon = ICONS[tone];
  return <Icon className={css.icon} data-tone={tone} size={size} stroke={1.6} aria-hidden="true" />;
}
