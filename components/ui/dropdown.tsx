"use client";
/** A button that opens a panel below it. Esc, a click elsewhere and a followed link close it; arrow keys walk through what it holds. */
import { IconChevronDown } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "./button.tsx";
import css from "./dropdown.module.css";

interface Props {
  /** Inside the button. */
  readonly label: ReactNode;
  /** What the button is called where its label is not enough. */
  readonly name?: string;
  readonly title?: string;
  readonly look?: "bordered" | "plain";
  readonly size?: "small" | "icon";
  readonly align?: "left" | "right";
  readonly hasArrow?: boolean;
  /** For a button that looks like something else: a chip. */
  readonly className?: string;
  /** Only drawn while open. */
  readonly children: ReactNode;
}

export function Dropdown({ label, name, title, look, size, align = "left", hasArrow = true, className, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    const closeOutside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [isOpen]);
  function onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      setOpen(false);
      box.current?.querySelector("button")?.focus();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && moveFocus(box.current, event)) {
      event.preventDefault();
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys pressed on the button and on what it opened end up here
    <div ref={box} className={css.box} onKeyDown={onKey}>
      <Button
        look={look}
        size={size}
        className={className}
        aria-label={name}
        title={title}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
        {hasArrow && <IconChevronDown size={14} stroke={1.5} aria-hidden="true" />}
      </Button>
      {isOpen && (
        // biome-ignore lint/a11y/noStaticElementInteractions: closes after a link or a closing button inside was used
        // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click, too
        <div
          id={id}
          className={css.panel}
          data-align={align}
          onClick={(event) => {
            if (event.target instanceof Element && event.target.closest("a[href], [data-closes]") !== null) setOpen(false);
          }}
        >
          {children}
        </div>
      )}
    </div>
  );
}

/** False where the key belongs to a field: arrows move its caret or its value. */
function moveFocus(box: HTMLDivElement | null, event: KeyboardEvent): boolean {
  if (box === null || (event.target instanceof HTMLElement && event.target.matches("input, textarea, select"))) return false;
  const stops = [...box.querySelectorAll<HTMLElement>("a[href], button:not(:disabled), input")];
  const focused = box.querySelector<HTMLElement>(":focus");
  const at = focused === null ? -1 : stops.indexOf(focused);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  next?.focus();
  return next !== undefined;
}
