"use client";
/** A bug in the document around every page; nothing of it can be relied on, so this brings its own. */
import "./tokens.css";
import "./global.css";
import { BugPage } from "#components/states/bug-page.tsx";

interface Props {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}

export default function DocumentError({ error, retry }: Props) {
  return (
    <html lang="en">
      <body>
        <BugPage digest={error.digest} onRetry={retry} />
      </body>
    </html>
  );
}
