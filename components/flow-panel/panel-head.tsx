"use client";
/** Reason and time, and the way to the next flow, the one before, and out. */
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import { useWallClock } from "#components/flow-table/wall-clock.ts";
import { Button } from "#components/ui/button.tsx";
import { capital } from "#components/ui/capital.ts";
import { ReasonMark } from "#components/ui/reason-mark.tsx";
import { REASON_WORDS } from "#lib/flows/reason-words.ts";
import { formatDay, formatFlowTime } from "#lib/format/format-instant.ts";
import type { FlowRow } from "#lib/questions/answer.ts";
import css from "./flow-panel.module.css";

interface Props {
  readonly row: FlowRow | undefined;
  readonly now: number;
  /** Undefined at the end of the list. */
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  readonly onClose: () => void;
}

export function PanelHead({ row, now, onPrevious, onNext, onClose }: Props) {
  const { offset, name } = useWallClock();
  return (
    <header className={css.head}>
      {row !== undefined && (
        <>
          <ReasonMark reason={row.reason} size={14} />
          <h2 className={css.title}>{capital(REASON_WORDS[row.reason].short)}</h2>
          <time className={css.when} dateTime={row.time} title={row.time}>
            {formatDay(Date.parse(row.time), now, offset)} {formatFlowTime(row.time, offset)} {name}
          </time>
        </>
      )}
      <span className={css.grow} />
      <Button look="plain" size="icon" aria-label="Newer flow (K)" disabled={onPrevious === undefined} onClick={onPrevious}>
        <IconChevronUp size={16} stroke={1.6} />
      </Button>
      <Button look="plain" size="icon" aria-label="Older flow (J)" disabled={onNext === undefined} onClick={onNext}>
        <IconChevronDown size={16} stroke={1.6} />
      </Button>
      <Button look="plain" size="icon" aria-label="Close (Esc)" onClick={onClose}>
        <IconX size={16} stroke={1.6} />
      </Button>
    </header>
  );
}
