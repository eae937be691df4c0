"use client";
/** The edge of a column head: drag it, or focus it and use the arrow keys. The width goes into the address bar when the hand lets go. */
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { MAX_WIDTH, MIN_WIDTH } from "./column-width.ts";
import css from "./grid.module.css";

interface Props {
  readonly title: string;
  /** Undefined while the column has no width of its own. */
  readonly width: number | undefined;
  /** While dragging. */
  readonly onDrag: (width: number) => void;
  readonly onWidth: (width: number) => void;
}

const STEP = 16;

export function ColumnResizer({ title, width, onDrag, onWidth }: Props) {
  const drag = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined);
  const startOf = (element: HTMLElement): number => width ?? element.parentElement?.offsetWidth ?? MIN_WIDTH;

  function begin(event: PointerEvent<HTMLElement>): void {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width: startOf(event.currentTarget) };
  }
  function widthAt(event: PointerEvent): number | undefined {
    return drag.current === undefined ? undefined : drag.current.width + event.clientX - drag.current.x;
  }
  function move(event: PointerEvent): void {
    const at = widthAt(event);
    if (at !== undefined) onDrag(at);
  }
  function end(event: PointerEvent): void {
    const at = widthAt(event);
    drag.current = undefined;
    if (at !== undefined) onWidth(at);
  }
  function key(event: KeyboardEvent<HTMLElement>): void {
    const step = event.key === "ArrowLeft" ? -STEP : event.key === "ArrowRight" ? STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onWidth(startOf(event.currentTarget) + step);
  }
  return (
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${title}`}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      aria-valuenow={width ?? MIN_WIDTH}
      aria-valuetext={width === undefined ? "as wide as there is room" : `${width} pixels`}
      className={css.resizer}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={key}
    />
  );
}
