"use client";
/** The width of a part of the page in pixels; before it is measured, that of a plot in a window of 1440. */
import { type RefCallback, useCallback, useState } from "react";

const USUAL_WIDTH = 1324;

export function usePlotWidth(): readonly [RefCallback<HTMLElement>, number] {
  const [width, setWidth] = useState(USUAL_WIDTH);
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [measure, width];
}
