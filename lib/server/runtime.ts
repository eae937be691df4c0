/** How pages and route handlers reach the running server. */
import "server-only";
import { type Runtime, runtimeSlot } from "./runtime-slot.ts";

/** Throws when asked outside `lib/server/main.ts`, which is a fault of how Weir was started. */
export function getRuntime(): Runtime {
  const runtime = runtimeSlot();
  if (runtime === undefined) throw new Error("Weir runs through `npm start` or `npm run dev`; this process is something else");
  return runtime;
}
