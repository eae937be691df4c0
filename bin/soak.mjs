/** `npm run soak`: agents that print, break and restart, Weir killed in between, and every line looked for; arguments go through. */
import { runTool } from "./house/run-tool.mjs";

runTool("bin/soak/main.ts");
