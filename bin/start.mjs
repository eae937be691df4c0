import { spawn } from "node:child_process";
const child = spawn(new URL("../node_modules/.bin/node", import.meta.url).pathname, [new URL("../lib/server/main.ts", import.meta.url).pathname, ...process.argv.slice(2)], { stdio: "inherit" });
for (const s of ["SIGINT", "SIGTERM"]) process.on(s, () => child.kill(s));
child.on("exit", (code, signal) => process.exit(code ?? 1));
