import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fakeRouter } from "#components/testing/with-router.tsx";
import { NOTHING_CHOSEN, type Search } from "#lib/url/search.ts";
import { FilterField } from "./filter-field.tsx";

const FACETS = [
  { dimension: "namespace", values: [{ value: "checkout", attempts: 12 }], total: 1 },
  { dimension: "port", values: [{ value: "443", attempts: 9 }], total: 1 },
];

beforeEach(() => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const wanted = new URL(String(input), "http://weir").searchParams.get("facets")?.split(",") ?? [];
    return Response.json({ answer: FACETS.filter(({ dimension }) => wanted.includes(dimension)) });
  });
});
afterEach(() => vi.restoreAllMocks());

function open(over: Partial<Search> = {}) {
  const { push, wrapper } = fakeRouter();
  const onClose = vi.fn();
  render(<FilterField path="/flows" search={{ ...NOTHING_CHOSEN, ...over }} wanted={undefined} early="" onClose={onClose} />, { wrapper });
  return { push, onClose, user: userEvent.setup() };
}

it("takes a stored value with Enter", async () => {
  const { push, onClose, user } = open();
  await user.type(screen.getByRole("combobox"), "check");
  await screen.findByRole("option", { name: /checkout/ });
  await user.keyboard("{Enter}");
  expect(push).toHaveBeenCalledExactlyOnceWith("/flows?ns=checkout", { scroll: false });
  expect(onClose).toHaveBeenCalledWith(true);
});

it("excludes with Alt Enter, and with a minus", async () => {
  const { push, user } = open();
  await user.type(screen.getByRole("combobox"), "port:44");
  await screen.findByRole("option", { name: /443/ });
  await user.keyboard("{Alt>}{Enter}{/Alt}");
  expect(push).toHaveBeenLastCalledWith("/flows?not.port=443", { scroll: false });
  await user.clear(screen.getByRole("combobox"));
  await user.type(screen.getByRole("combobox"), "-check");
  await screen.findByRole("option", { name: /not namespace/ });
  await user.keyboard("{Enter}");
  expect(push).toHaveBeenLastCalledWith("/flows?not.ns=checkout", { scroll: false });
});

it("asks for a criterion first, then for its value", async () => {
  const { push, user } = open();
  await user.type(screen.getByRole("combobox"), "{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}");
  expect(screen.getByRole("combobox", { name: "Value of Port" })).toBeTruthy();
  await screen.findByRole("option", { name: /443/ });
  await user.keyboard("{Enter}");
  expect(push).toHaveBeenCalledExactlyOnceWith("/flows?port=443", { scroll: false });
});

it("offers the text itself for names", async () => {
  const { push, user } = open();
  await user.type(screen.getByRole("combobox"), "zzz");
  await user.click(await screen.findByRole("option", { name: "Names that contain “zzz”" }));
  expect(push).toHaveBeenCalledExactlyOnceWith("/flows?q=zzz", { scroll: false });
});

it("takes the last filter out with Backspace in the empty field, but only there", async () => {
  const { push, user } = open({ filter: { include: [{ namespace: ["a"], port: ["53"] }], exclude: [] } });
  await user.type(screen.getByRole("combobox"), "x{Backspace}");
  expect(push).not.toHaveBeenCalled();
  await user.keyboard("{Backspace}");
  expect(push).toHaveBeenCalledExactlyOnceWith("/flows?ns=a", { scroll: false });
});

it("closes on Escape and keeps what was there", async () => {
  const { push, onClose, user } = open();
  await user.type(screen.getByRole("combobox"), "che{Escape}");
  expect(onClose).toHaveBeenCalledWith(true);
  expect(push).not.toHaveBeenCalled();
});
