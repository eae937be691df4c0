/** Every kind of vectors that can be run. */
import { filterVectors } from "./filter-vectors.ts";
import type { VectorKind } from "./vector-kind.ts";
import { versionVectors } from "./version-vectors.ts";

export const VECTOR_KINDS: readonly VectorKind[] = [filterVectors, versionVectors];
