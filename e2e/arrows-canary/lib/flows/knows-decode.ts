import type { Decoded } from "../decode/decoded.ts";
export type Wrong = Decoded;
