/** The path of an HTTP URL as Go's url.ParseRequestURI reads it (net/url, Go 1.23): what agents match `http_path` with. */

const ESCAPE = /%(?![0-9a-fA-F]{2})/;
const SCHEME = /^([a-zA-Z][-+.a-zA-Z0-9]*):/;
const USER = /^[-A-Za-z0-9._:~!$&'()*+,;=%@]*$/;
/** ASCII that may stand in a host; everything beyond ASCII may. */
const HOST = /^(?:[-A-Za-z0-9!$&'()*+,;=:[\]<>"_.~]|[\u0080-\uffff]|%25|%[89a-fA-F][0-9a-fA-F])*$/;
const ZONE =
  /^(?:[-A-Za-z0-9!$&'()*+,;=:[\]<>"_.~]|[\u0080-\uffff]|%(?:20|2[1245789a-eA-E]|3[0-9a-eA-E]|4[1-9a-fA-F]|5[0-9abABdDfF]|6[1-9a-fA-F]|7[0-9aAeE]))*$/;
const PORT = /^(?::[0-9]*)?$/;

const utf8 = new TextDecoder();
const toBytes = new TextEncoder();

/** Percent-decoded, without the query; empty for `http://host` and for what has a scheme and no slash; undefined for what is no request URI. */
export function pathOfUrl(url: string): string | undefined {
  if (url === "" || hasControl(url) || url.startsWith(":")) return undefined;
  if (url === "*") return "*";
  const scheme = SCHEME.exec(url);
  const [rest = ""] = url.slice(scheme ? scheme[0].length : 0).split("?", 1);
  if (!rest.startsWith("/")) return scheme ? "" : undefined;
  if (!scheme || !rest.startsWith("//")) return unescaped(rest);
  const slash = rest.indexOf("/", 2);
  if (!isAuthority(slash < 0 ? rest.slice(2) : rest.slice(2, slash))) return undefined;
  return slash < 0 ? "" : unescaped(rest.slice(slash));
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 0x20 || text.charCodeAt(at) === 0x7f) return true;
  return false;
}

function isAuthority(text: string): boolean {
  const at = text.lastIndexOf("@");
  const user = text.slice(0, Math.max(at, 0));
  return USER.test(user) && !ESCAPE.test(user) && isHost(text.slice(at + 1));
}

function isHost(host: string): boolean {
  if (!host.startsWith("[")) {
    const colon = host.lastIndexOf(":");
    return HOST.test(host) && (colon < 0 || PORT.test(host.slice(colon)));
  }
  const end = host.lastIndexOf("]");
  if (end < 0 || !PORT.test(host.slice(end + 1))) return false;
  const zone = host.slice(0, end).indexOf("%25");
  if (zone < 0) return HOST.test(host);
  return HOST.test(host.slice(0, zone)) && ZONE.test(host.slice(zone, end)) && HOST.test(host.slice(end));
}

function unescaped(path: string): string | undefined {
  if (!path.includes("%")) return path;
  if (ESCAPE.test(path)) return undefined;
  const bytes: number[] = [];
  for (const [index, piece] of path.split("%").entries()) {
    const isEscape = index > 0;
    if (isEscape) bytes.push(Number.parseInt(piece.slice(0, 2), 16));
    bytes.push(...toBytes.encode(isEscape ? piece.slice(2) : piece));
  }
  return utf8.decode(new Uint8Array(bytes));
}
