/** Builds the pages if needed; run on the pinned Node. */
import { ensureBuilt } from "./built.mjs";

process.exit(ensureBuilt(process.execPath, (text) => process.stderr.write(`${text}\n`)) ? 0 : 1);
