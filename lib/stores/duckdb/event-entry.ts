/** What kind of event a flow was: how entries of that dictionary are compared and made. */
import type { EventEntry } from "./entries.ts";

export function sameEvent(entry: EventEntry, flow: EventEntry): boolean {
  return (
    entry.dropReason === flow.dropReason &&
    entry.eventType === flow.eventType &&
    entry.eventSubType === flow.eventSubType &&
    entry.protocol === flow.protocol &&
    entry.reason === flow.reason &&
    entry.verdict === flow.verdict &&
    entry.direction === flow.direction &&
    entry.isReply === flow.isReply &&
    entry.dropReasonName === flow.dropReasonName
  );
}

/** Only what an event is, of a flow or of anything that has more fields. */
export function eventOf(flow: EventEntry): EventEntry {
  const { verdict, reason, dropReason, dropReasonName, eventType, eventSubType, direction, protocol, isReply } = flow;
  return { verdict, reason, dropReason, dropReasonName, eventType, eventSubType, direction, protocol, isReply };
}
