/** `end`: a time that is past keeps the exporter up and silent. */

import { editEntry } from "../edit-config.ts";
import type { Finding } from "../finding.ts";
import { parseGoTime } from "../go-time.ts";
import type { Rule } from "../rule.ts";

export const end: Rule = (config, { now }) =>
  config.entries.flatMap(({ name, end: text }, entry): readonly Finding[] => {
    if (text === undefined) return [];
    const place = { entry, key: "end" };
    const fix = { label: "Take end out", apply: (old: typeof config) => editEntry(old, entry, ({ end: _, ...rest }) => rest) };
    const time = parseGoTime(text);
    if (time === undefined) {
      const explanation =
        'Agents read RFC 3339 only, such as "2026-12-31T23:59:59Z": with T, seconds and a zone. They refuse the whole file.';
      return [{ kind: "end-unreadable", severity: "rejects-file", place, title: `${text} is no time`, explanation, fix }];
    }
    if (time.ms > now) return [];
    return [
      {
        kind: "end-in-the-past",
        severity: "warning",
        place,
        title: `${name} ended at ${text}`,
        explanation: "The exporter stays configured and writes nothing. Only its metrics show that it is inactive.",
        fix,
      },
    ];
  });
