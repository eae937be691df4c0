/** Next's router for a component test: `push` is a spy, links hand their target to it. */
import { AppRouterContext, type AppRouterInstance } from "next/dist/shared/lib/app-router-context.shared-runtime";
import type { ReactNode } from "react";
import { vi } from "vitest";

export function fakeRouter() {
  const push = vi.fn<AppRouterInstance["push"]>();
  const router: AppRouterInstance = {
    push,
    replace: vi.fn(),
    refresh: vi.fn(),
    prefetch: vi.fn(),
    back: vi.fn(),
    forward: vi.fn(),
    bfcacheId: "",
    experimental_gesturePush: vi.fn(),
  };
  const wrapper = ({ children }: { readonly children: ReactNode }) => <AppRouterContext value={router}>{children}</AppRouterContext>;
  return { push, wrapper };
}
