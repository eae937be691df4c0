"use client";
/** Groups senders by the value of a label key that a person types. */
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { Grouping } from "#lib/flows/dimension.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { replaced } from "./by-choices.ts";
import css from "./groups-toolbar.module.css";

interface Props {
  readonly search: Search;
  readonly by: readonly Grouping[];
  readonly at: number;
}

/** A prefix of 253 characters, a slash and a name of 63, as Kubernetes allows it. */
const LONGEST_KEY = 317;

export function LabelKeyField({ search, by, at }: Props) {
  const router = useRouter();
  const [key, setKey] = useState("");
  function submit(event: FormEvent): void {
    event.preventDefault();
    const wanted = key.trim();
    if (wanted !== "")
      router.push(hrefOf("/groups", { ...search, by: replaced(by, at, `label:${wanted}`), open: [], row: "" }), { scroll: false });
  }
  return (
    <form className={css.labelKey} onSubmit={submit}>
      <input
        value={key}
        maxLength={LONGEST_KEY}
        placeholder="by label key, such as app"
        aria-label="Label key to group senders by"
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <button type="submit" disabled={key.trim() === ""}>
        Group
      </button>
    </form>
  );
}
