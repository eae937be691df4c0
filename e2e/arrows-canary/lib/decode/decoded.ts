import type { Flow } from "#lib/flows/flow.ts";
export interface Decoded { readonly flow: Flow }
