import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { Dropdown } from "./dropdown.tsx";
import { LogText } from "./log-text.tsx";
import { ReasonMark } from "./reason-mark.tsx";
import { ShareBar } from "./share-bar.tsx";
import { sparkPath } from "./sparkline.tsx";

it("splits a share bar by reason in a fixed order, relative to the largest", () => {
  const { container } = render(<ShareBar reasons={{ l7: 10, deny: 25, default: 0 }} of={100} />);
  const parts = [...container.querySelectorAll<HTMLElement>("[data-reason]")];
  expect(parts.map((part) => [part.dataset.reason, part.style.width])).toEqual([
    ["deny", "25%"],
    ["l7", "10%"],
  ]);
});

it("draws a sparkline from zero, and nothing for nothing", () => {
  expect(sparkPath([], 48, 18)).toBe("");
  expect(sparkPath([0, 5, 10], 48, 18)).toBe("M0 16.5L24 9L48 1.5");
  expect(sparkPath([0, 0], 48, 18)).toBe("M0 16.5L48 16.5");
  expect(sparkPath([3], 48, 18)).toBe("M0 1.5L48 1.5");
});

it("names a reason mark only where no word stands beside it", () => {
  const { rerender } = render(<ReasonMark reason="deny" />);
  expect(screen.queryByRole("img")).toBeNull();
  rerender(<ReasonMark reason="deny" isAlone />);
  expect(screen.getByRole("img", { name: "explicit deny" })).toBeTruthy();
});

it("shows text of a log as text", () => {
  const { container } = render(<LogText text={'<img src=x onerror="x">\u202E'} />);
  expect(container.querySelector("img")).toBeNull();
  expect(container.textContent).toBe('<img src=x onerror="x">⟨U+202E⟩');
});

it("opens and closes a dropdown by keyboard, and closes it elsewhere", async () => {
  const user = userEvent.setup();
  render(
    <>
      <Dropdown label="More">
        <a href="#one">One</a>
        <a href="#two">Two</a>
      </Dropdown>
      <p>elsewhere</p>
    </>,
  );
  await user.tab();
  await user.keyboard("{Enter}{ArrowDown}{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("Two");
  await user.keyboard("{Escape}");
  expect(screen.queryByText("Two")).toBeNull();
  expect(document.activeElement?.textContent).toBe("More");
  await user.keyboard("{Enter}");
  await user.click(screen.getByText("elsewhere"));
  expect(screen.queryByText("Two")).toBeNull();
});
