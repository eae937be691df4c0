import { describe, expect, it } from "vitest";
import { yamlTokens } from "./yaml-tokens.ts";

const cut = (line: string): string =>
  yamlTokens(line)
    .map(({ kind, text }) => `${kind}(${text})`)
    .join("");

describe("yamlTokens", () => {
  it.each([
    ["apiVersion: v1", "key(apiVersion)dim(:)plain( )text(v1)"],
    ["data:", "key(data)dim(:)"],
    ["  flowlogs.yaml: |", "plain(  )key(flowlogs.yaml)dim(:)plain( )dim(|)"],
    ["  - name: x # why", "plain(  )dim(- )key(name)dim(:)plain( )text(x)dim( # why)"],
    ["      - type: 1", "plain(      )dim(- )key(type)dim(:)plain( )number(1)"],
    ["  - kube-system/", "plain(  )dim(- )text(kube-system/)"],
    ['  - "k8s:app=a:b"', 'plain(  )dim(- )text("k8s:app=a:b")'],
    ["# all of it", "dim(# all of it)"],
    ["", ""],
  ])("%s", (line, tokens) => {
    expect(cut(line)).toBe(tokens);
  });

  it("loses nothing", () => {
    for (const line of [
      "\t{a: [b, 'c: d']}",
      "a:b",
      ": x",
      "- - - a: # b",
      "'it''s': 2",
      "\u202e: #",
      "key: [] # x #y",
      "https://a/b#c: d",
    ]) {
      expect(
        yamlTokens(line)
          .map(({ text }) => text)
          .join(""),
      ).toBe(line);
    }
  });
});
