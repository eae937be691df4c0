/** `npm run contract-adx`: questions with known answers, asked of a real cluster (`--uri`, `--database`), or written to a file (`--write`). */
import { runTool } from "./house/run-tool.mjs";

runTool("bin/contract-adx/main.ts");
