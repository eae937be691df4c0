"use client";
/** What Mantine and the address bar need above every page. */
import { createTheme, MantineProvider } from "@mantine/core";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { tidyParams } from "#lib/url/tidy-params.ts";

/** Colours, radii and faces come from tokens.css, so the theme holds only what CSS cannot say. */
const THEME = createTheme({ respectReducedMotion: true, cursorType: "pointer" });

export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider theme={THEME} defaultColorScheme="auto">
      <NuqsAdapter processUrlSearchParams={tidyParams}>{children}</NuqsAdapter>
    </MantineProvider>
  );
}
