import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { CopyFilterMenu } from "./copy-filter-menu.tsx";

const COPIES = [
  { id: "hubble", title: "hubble observe command", text: "hubble observe --to-port 443", refusal: "" },
  { id: "kql", title: "KQL query", text: undefined, refusal: "cel_expression: KQL cannot evaluate a CEL expression." },
] as const;

it("copies what can be said, and shows why the rest cannot", async () => {
  const user = userEvent.setup();
  render(<CopyFilterMenu copies={COPIES} />, { wrapper: ({ children }) => <MantineProvider env="test">{children}</MantineProvider> });
  await user.click(screen.getByRole("button", { name: "Copy filter" }));
  const refused = await screen.findByRole("menuitem", { name: /KQL query.*cannot evaluate a CEL expression/ });
  expect(refused.getAttribute("aria-disabled")).toBe("true");
  await user.click(refused);
  screen.getByRole("button", { name: "Copy filter" });
  await user.click(screen.getByRole("menuitem", { name: "hubble observe command" }));
  await screen.findByRole("button", { name: "Copied" });
  expect(await navigator.clipboard.readText()).toBe("hubble observe --to-port 443");
});
