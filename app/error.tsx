"use client";
/** A bug on one page: says so, keeps the rest of the product within reach. */
import { BugPage } from "#components/states/bug-page.tsx";

interface Props {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}

export default function PageError({ error, retry }: Props) {
  return <BugPage digest={error.digest} onRetry={retry} />;
}
