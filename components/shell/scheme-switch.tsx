"use client";
/** Light, dark, or what the system says: one button that steps on, kept in this browser. */
import { useMantineColorScheme } from "@mantine/core";
import { IconMoon, IconSun, IconSunMoon } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { Button } from "#components/ui/button.tsx";

const NEXT = { auto: "light", light: "dark", dark: "auto" } as const;
const WORDS = { auto: "as the system", light: "light", dark: "dark" } as const;
const ICONS = { auto: IconSunMoon, light: IconSun, dark: IconMoon } as const;

export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // the server does not know what this browser keeps
  const known = useSyncExternalStore(
    never,
    () => colorScheme,
    () => "auto" as const,
  );
  const Icon = ICONS[known];
  const words = `Colours: ${WORDS[known]}. Switch to ${WORDS[NEXT[known]]}`;
  return (
    <Button look="plain" size="icon" aria-label={words} title={words} onClick={() => setColorScheme(NEXT[known])}>
      <Icon size={16} stroke={1.5} />
    </Button>
  );
}

function never(): () => void {
  return () => {};
}
