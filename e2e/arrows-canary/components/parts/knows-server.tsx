import type { FlowStore } from "#lib/stores/flow-store.ts";
export type Wrong = FlowStore;
