import type { FlowStore } from "../stores/flow-store.ts";
export type Wrong = FlowStore;
