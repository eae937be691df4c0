/** Response headers that keep a browser from running or leaking what log text might smuggle in, and who may name this server. */
import { isIP } from "node:net";
import type { Config } from "./config.ts";
import { isLoopback } from "./config.ts";

/** `nonce` lets Next's own inline scripts run; styles stay inline because Mantine writes style attributes. */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    // React's development build uses eval to rebuild server stacks in the browser (Next 16.4 docs, content-security-policy)
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export const FIXED_HEADERS: ReadonlyMap<string, string> = new Map([
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
  ["Referrer-Policy", "same-origin"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
  ["Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"],
]);

/**
 * False for a Host that only a hostile page could have brought here: DNS rebinding makes a foreign name resolve to this address.
 * IP literals cannot be rebound. A listener open to others is reached by names we cannot know.
 */
export function isOurHost(host: string | undefined, config: Pick<Config, "host" | "allowedHosts">): boolean {
  if (!isLoopback(config.host) && config.allowedHosts.length === 0) return true;
  if (host === undefined) return true;
  const name = hostName(host);
  return isIP(name) !== 0 || name === "localhost" || name.endsWith(".localhost") || config.allowedHosts.includes(name);
}

function hostName(host: string): string {
  const text = host.toLowerCase();
  if (text.startsWith("[")) return text.slice(1, text.indexOf("]"));
  const colon = text.indexOf(":");
  return colon < 0 ? text : text.slice(0, colon);
}
