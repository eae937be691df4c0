/** Answers of the feeds' store where history cannot be asked: without all that would need to know what was before. */
import type { GroupTable, Summary, Timeline } from "#lib/questions/answer.ts";

export const withoutPast = {
  summary: (answer: Summary): Summary => ({
    ...answer,
    senders: { ...answer.senders, fresh: 0 },
    destinations: { ...answer.destinations, fresh: 0 },
    before: undefined,
  }),
  groups: (answer: GroupTable): GroupTable => ({
    ...answer,
    rows: answer.rows.map((row) => ({ ...row, isNew: false, attemptsBefore: undefined })),
  }),
  timeline: (answer: Timeline): Timeline => ({ ...answer, before: undefined, fresh: [] }),
};
