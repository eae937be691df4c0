"use client";
/** What shows when a page broke: a bug of Weir's, never an answer about the cluster. */
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { Face } from "./face.tsx";

interface Props {
  /** Stands in the server's log beside the error. */
  readonly digest: string | undefined;
  readonly onRetry: () => void;
}

export function BugPage({ digest, onRetry }: Props) {
  return (
    <main>
      <Face
        kind="failed"
        isPage
        title="This page broke."
        ways={
          <>
            <Button size="small" onClick={onRetry}>
              Try again
            </Button>
            <Link href="/" prefetch={false}>
              Overview
            </Link>
          </>
        }
      >
        <p>This is a bug in Weir. It says nothing about what was blocked.</p>
        {digest !== undefined && (
          <p>
            The server's log names it with <code>{digest}</code>.
          </p>
        )}
      </Face>
    </main>
  );
}
