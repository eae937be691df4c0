/**
 * How Weir's own process counts memory: typed arrays beside the heap count towards one limit with it, as V8 does by default after 13.6 (Node 24).
 * Without this every 64 MB of them begin a full collection, which was a third of an overview's time over 10,000,000 flows.
 */
export const MEMORY_FLAGS = ["--external-memory-accounted-in-global-limit"];
