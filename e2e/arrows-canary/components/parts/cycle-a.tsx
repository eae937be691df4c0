import { b } from "./cycle-b.tsx";
export const a = (): unknown => b;
