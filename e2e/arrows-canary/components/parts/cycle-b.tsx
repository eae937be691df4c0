import { a } from "./cycle-a.tsx";
export const b = (): unknown => a;
