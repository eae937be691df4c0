import { part } from "#components/parts/part.tsx";
export const wrong = part;
