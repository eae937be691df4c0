import { flow } from "#lib/flows/flow.ts";
export const filter = flow;
