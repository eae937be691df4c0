import type { ReactNode } from "react";
export type Wrong = ReactNode;
