/** What a request for a replay says. */
import { z } from "zod";
import { TARGET_VERSIONS } from "#lib/exporter/config.ts";
import { MAX_CONFIG_TEXT } from "#lib/exporter/reading-limits.ts";

export const replayBodySchema = z.strictObject({
  target: z.enum(TARGET_VERSIONS).describe("The Cilium release that reads the configurations"),
  texts: z
    .array(z.string().max(MAX_CONFIG_TEXT))
    .min(1)
    .max(2)
    .describe("Configurations as text: the present one, where there is one to compare with, then the candidate"),
});
