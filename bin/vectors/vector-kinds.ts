/** Every kind of vectors that can be run. */
import { checkVectors } from "./check-vectors.ts";
import { configVectors } from "./config-vectors.ts";
import { celVectors, filterVectors } from "./filter-vectors.ts";
import { maskVectors } from "./mask-vectors.ts";
import type { VectorKind } from "./vector-kind.ts";
import { versionVectors } from "./version-vectors.ts";

export const VECTOR_KINDS: readonly VectorKind[] = [filterVectors, celVectors, configVectors, maskVectors, versionVectors, checkVectors];
