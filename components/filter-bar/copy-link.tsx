"use client";
/** The address bar, ready to be sent. */
import { IconLink } from "@tabler/icons-react";
import { CopyButton } from "#components/ui/copy-button.tsx";

export function CopyLink() {
  return (
    <CopyButton text={() => window.location.href} icon={<IconLink size={14} stroke={1.5} aria-hidden="true" />}>
      Copy link
    </CopyButton>
  );
}
