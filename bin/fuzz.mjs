/** `npm run fuzz`: filters changed at random, a hundred thousand of them; arguments go through. */
import { runTool } from "./house/run-tool.mjs";

runTool("bin/fuzz/main.ts");
