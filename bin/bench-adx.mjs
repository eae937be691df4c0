/** `npm run bench-adx`: what Weir adds to a question over Azure Data Explorer, and whether its memory stays flat. Arguments: repeats, questions. */
import { runTool } from "./house/run-tool.mjs";

runTool("bin/bench-adx/main.ts");
