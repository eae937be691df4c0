/** `npm run torture`: hostile lines by the million and kill -9 in the middle of reading; arguments go through. */
import { runTool } from "./house/run-tool.mjs";

runTool("bin/torture/main.ts");
