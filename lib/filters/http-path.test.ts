/** What Go 1.23 makes of request URIs (net/url's rules, one by one). */
import { expect, it } from "vitest";
import { pathOfUrl } from "./http-path.ts";

it.each<readonly [url: string, path: string | undefined]>([
  ["http://host/v1/items?id=7", "/v1/items"],
  ["http://host", ""],
  ["http://host?x=/y", ""],
  ["/only/path", "/only/path"],
  ["//host/path", "//host/path"],
  ["*", "*"],
  ["", undefined],
  ["host/path", undefined],
  ["host.name:80/no-scheme", ""],
  ["10.0.0.1:80/x", undefined],
  ["mailto:someone", ""],
  [":x", undefined],
  ["http:/one", "/one"],
  ["http://bad host/x", undefined],
  ["http://h/%zz", undefined],
  ["http://h/a%20b/c", "/a b/c"],
  ["http://h/%E2%9C%93%2Fx", "/✓/x"],
  ["http://h/✓", "/✓"],
  ["http://h/a#b", "/a#b"],
  ["http://h/a\tb", undefined],
  ["http://h:80/x", "/x"],
  ["http://h:/x", "/x"],
  ["http://h:8x/x", undefined],
  ["http://a:b@h/x", "/x"],
  ["http://a b@h/x", undefined],
  ["http://a%zz@h/x", undefined],
  ["http://[::1]:80/x", "/x"],
  ["http://[::1/x", undefined],
  ["http://[fe80::1%25eth0]/x", "/x"],
  ["http://h%41/x", undefined],
  ["http://h%C3%A9/x", "/x"],
])("%s has the path %s", (url, path) => {
  expect(pathOfUrl(url)).toBe(path);
});
