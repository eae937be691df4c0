import { gone } from "#lib/flows/gone.ts";
export const wrong = gone;
