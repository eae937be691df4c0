import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type BucketRange, firstOf, lastOf } from "./bucket-range.ts";
import { RangeLayer } from "./range-layer.tsx";
import { stackOf } from "./stack.ts";

const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const timeline = { start: 0, width: 1000, count: 10, series: [{ name: "deny", values }], before: undefined, fresh: [] };

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(100, 0, 1000, 100));
  HTMLElement.prototype.setPointerCapture = () => undefined;
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("RangeLayer", () => {
  it("brushes with the pointer and says what is inside", () => {
    const { onZoom, brush } = mount();
    drag(brush, 350, 620);
    expect(screen.getByText("3–6")).toBeDefined();
    expect(screen.getByText(/18 attempts/)).toBeDefined();
    fireEvent.keyDown(document.body, { key: "z" });
    expect(onZoom).toHaveBeenCalledExactlyOnceWith({ anchor: 2, head: 5 });
    expect(screen.queryByText("3–6")).toBeNull();
  });

  it("brushes with the keyboard alone", () => {
    const { onZoom, brush } = mount();
    fireEvent.keyDown(brush, { key: "ArrowLeft" });
    fireEvent.keyDown(brush, { key: "ArrowLeft" });
    fireEvent.keyDown(brush, { key: "ArrowLeft", shiftKey: true });
    expect(brush.getAttribute("aria-valuetext")).toBe("8–9, 17 attempts");
    fireEvent.keyDown(brush, { key: "Enter" });
    expect(onZoom).toHaveBeenCalledExactlyOnceWith({ anchor: 8, head: 7 });
  });

  it("leaves with Escape", () => {
    const { onZoom, brush } = mount();
    drag(brush, 350, 620);
    fireEvent.keyDown(brush, { key: "Escape" });
    fireEvent.keyDown(brush, { key: "z" });
    expect(onZoom).not.toHaveBeenCalled();
    expect(brush.getAttribute("aria-valuetext")).toBe("No range chosen");
  });

  it("does not take letters from a text field", () => {
    const { onZoom, brush } = mount();
    drag(brush, 350, 620);
    const field = document.createElement("input");
    document.body.append(field);
    fireEvent.keyDown(field, { key: "z" });
    field.remove();
    expect(onZoom).not.toHaveBeenCalled();
  });

  it("tells what one bucket holds under the pointer", () => {
    const { brush } = mount();
    fireEvent.pointerMove(brush, { clientX: 650 });
    expect(screen.getByText("6–6")).toBeDefined();
    expect(screen.getByText("Explicit deny").parentElement?.textContent).toContain("6");
    fireEvent.pointerLeave(brush);
    expect(screen.queryByText("Explicit deny")).toBeNull();
  });
});

function mount() {
  const onZoom = vi.fn();
  const wordsOf = (range: BucketRange): string => `${firstOf(range) + 1}–${lastOf(range) + 1}`;
  render(<RangeLayer stack={stackOf(timeline, "reason")} before={undefined} split="reason" wordsOf={wordsOf} onZoom={onZoom} />);
  return { onZoom, brush: screen.getByRole("slider") };
}

function drag(brush: HTMLElement, from: number, to: number): void {
  fireEvent.pointerDown(brush, { clientX: from, button: 0, pointerId: 1 });
  fireEvent.pointerMove(brush, { clientX: to, pointerId: 1 });
  fireEvent.pointerUp(brush, { pointerId: 1 });
}
