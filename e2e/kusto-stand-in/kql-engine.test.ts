import { describe, expect, it } from "vitest";
import { jsonOf, type Value, writeDatetime, writeTimespan } from "./kql-values.ts";
import { createKustoDatabase } from "./kusto-database.ts";

const NOW = Date.UTC(2026, 0, 23, 12);
const database = createKustoDatabase({
  name: "db",
  declared: {
    tables: new Map([["StormEvents", "(StartTime:datetime, State:string, EventType:string, Deaths:long, Source:dynamic)"]]),
    functions: new Map(),
  },
  now: () => NOW,
});
database.insert("StormEvents", [
  { StartTime: "2007-01-01T00:00:00Z", State: "TEXAS", EventType: "Flood", Deaths: 3, Source: ["a", "b"] },
  { StartTime: "2007-01-01T01:30:00Z", State: "TEXAS", EventType: "Hail", Deaths: 0, Source: null },
  { StartTime: "2007-01-01T02:00:00.0000001Z", State: "KANSAS", EventType: "Flood", Deaths: 1, Source: { deep: { er: 7 }, __proto__x: 1 } },
  { StartTime: "2007-01-02T00:00:00Z", State: "", EventType: "Flood", Deaths: 0, Source: "text" },
]);

function rowsOf(text: string, parameters: Readonly<Record<string, unknown>> = {}): string[] {
  const result = database.query(text, parameters).at(-1);
  return (result?.rows ?? []).map((row) => row.map((value, index) => shown(value, result?.columns[index]?.type ?? "")).join(" | "));
}

function shown(value: Value, type: string): string {
  if (typeof value === "bigint") return type === "timespan" ? writeTimespan(value) : writeDatetime(value);
  return value === null ? "null" : typeof value === "object" ? jsonOf(value) : String(value);
}

/** One value as the query language writes it. */
function printed(expression: string): string {
  return rowsOf(`print x = ${expression}`)[0] ?? "";
}

describe("scalar functions give what Microsoft's pages show", () => {
  it.each([
    // learn.microsoft.com/kusto/query/<name>-function, one or two of each page's examples
    ["bin(4.5, 1)", "4"],
    ["bin(time(16d), 7d)", "14.00:00:00"],
    ["bin(datetime(1970-05-11 13:45:07), 1d)", "1970-05-11T00:00:00.0000000Z"],
    ["bin_at(6.5, 2.5, 7)", "4.5"],
    ["bin_at(time(1h), 1d, 12h)", "-12:00:00"],
    ["bin_at(datetime(2017-05-15 10:20:00.0), 1d, datetime(1970-01-01 12:00:00.0))", "2017-05-14T12:00:00.0000000Z"],
    ['case(1 == 2, "a", true, "b", "c")', "b"],
    ["coalesce(long(null), 3, 4)", "3"],
    ['coalesce("", "x")', "x"],
    ['extract("x=([0-9.]+)", 1, "hello x=45.6|wo")', "45.6"],
    ['extract("y=(.)", 1, "hello")', ""],
    ["extract_all(@'([\\da-f]{2})', '82b8be2d')", '["82","b8","be","2d"]'],
    ["extract_all(@'(\\w)(\\d)', 'a1 b2')", '[["a","1"],["b","2"]]'],
    ["extract_all(@'(z)', 'abc')", "null"],
    ["isempty('')", "true"],
    ["isnotempty(' ')", "true"],
    ["isnull('')", "false"],
    ["strcat('hello', ' ', 'world')", "hello world"],
    ["strcat('a', 1, true)", "a1True"],
    ["strcat_array(dynamic([1, 2, 3]), '->')", "1->2->3"],
    ["strcmp('ABC', 'ABC')", "0"],
    ["strcmp('abc', 'ABC')", "1"],
    ["strcmp('abcde', 'abc')", "1"],
    ["strlen('hello')", "5"],
    ["strlen('⒦⒰⒮⒯⒪')", "5"],
    ["substring('123456', 1, 2)", "23"],
    ["substring('ABCD', 0, 2)", "AB"],
    ["replace_string('abc', 'b', '$&')", "a$&c"],
    ["replace_regex('Number is 1', @'is (\\d+)', @'was: \\1')", "Number was: 1"],
    ["split('aa_bb', '_')", '["aa","bb"]'],
    ["split('aaa_bbb_ccc', '_', 1)", '["bbb"]'],
    ["split('', '_')", '[""]'],
    ["trim(@'[^\\w]+', '-  Te st1// $')", "Te st1"],
    ["tolower('Hello')", "hello"],
    ["tolong('123')", "123"],
    ["tolong('x')", "null"],
    ["toint('9999999999')", "null"],
    ["tobool('true')", "true"],
    ["tostring(true)", "True"],
    ['tostring(dynamic({"a":true}).a)', "true"],
    ["todatetime('2015-12-24')", "2015-12-24T00:00:00.0000000Z"],
    ["todatetime('2015-12-24T00:00:00.1234567Z')", "2015-12-24T00:00:00.1234567Z"],
    ["todatetime('Wed')", "null"],
    ["totimespan('0.00:01:00')", "00:01:00"],
    ["array_concat(dynamic([1,2]), dynamic([3]))", "[1,2,3]"],
    ["array_length(dynamic([1, 2, 3, 'four']))".replaceAll("'", '"'), "4"],
    ["array_length(parse_json('{}'))", "null"],
    ["array_slice(dynamic([1,2,3,4,5]), 2, -1)", "[3,4,5]"],
    ["array_slice(dynamic([1,2,3,4,5]), -3, -2)", "[3,4]"],
    ["array_slice(dynamic([1]), 0, -2)", "[]"],
    ['array_sort_asc(dynamic(["d","b","a"]))', '["a","b","d"]'],
    ['array_index_of(dynamic(["this","is"]), "is")', "1"],
    ['array_index_of(dynamic(["this"]), "no")', "-1"],
    ['set_has_element(dynamic(["this", "is"]), "is")', "true"],
    ["array_sort_asc(set_union(dynamic([1,2]), dynamic([2,3])))", "[1,2,3]"],
    ["array_sort_asc(set_difference(dynamic([1,2,3]), dynamic([2])))", "[1,3]"],
    ["array_sort_asc(set_intersect(dynamic([1,2,3]), dynamic([2,3,4])))", "[2,3]"],
    ["pack_array(1, 'a')", '[1,"a"]'],
    ["bag_pack('a', 1, 'b', 'x')", '{"a":1,"b":"x"}'],
    ["bag_has_key(dynamic({\"k\":1}), 'k')", "true"],
    ['parse_json(\'{"a":[1,{"b":2}]}\').a[1].b', "2"],
    ["parse_json('no json')", "no json"],
    ["dynamic([1,2,3])[-1]", "3"],
    ['gettype(dynamic("a"))', "string"],
    ["gettype(dynamic({}))", "dictionary"],
    ["gettype(dynamic(null))", "null"],
    ["max_of(10, 1, -3, 17)", "17"],
    ["min_of(10, 1, -3, 17)", "-3"],
    ["abs(-5)", "5"],
    ["hash_sha256('World')", "78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524"],
    ["ipv4_is_in_range('192.168.1.6', '192.168.1.1/24')", "true"],
    ["ipv4_is_in_range('192.168.2.6', '192.168.1.1/24')", "false"],
    ["ipv4_is_in_range('x', '192.168.1.1/24')", "null"],
    ["ipv4_is_in_any_range('192.168.1.6', '192.168.1.1/24', '10.0.0.1/8')", "true"],
    ["ipv4_is_match('192.168.1.1/24', '192.168.1.255/24')", "true"],
    ["ipv6_is_in_range('a5e:f127:8a9d:146d:e102:b5d3:c755:f6cd', 'a5e:f127:8a9d:146d:e102:b5d3:c755:0/112')", "true"],
    ["ipv6_is_match('::ffff:7f00:1', '127.0.0.1')", "true"],
    ["ipv6_is_match('fe80::85d:e82c:9446:7995', 'fe80::85d:e82c:9446:7994')", "false"],
  ])("%s is %s", (expression, value) => {
    expect(printed(expression)).toBe(value);
  });
});

describe("operators between values", () => {
  it.each([
    ["'North America' has 'america'", "true"],
    ["'North America' has_cs 'america'", "false"],
    ["'NorthAmerica' has 'america'", "false"],
    ["'a-flow-b' has_cs 'flow'", "true"],
    ["'Fabrikam' contains 'BRik'", "true"],
    ["'Fabrikam' contains_cs 'BRik'", "false"],
    ["'Fabrikam' startswith 'FAB'", "true"],
    ["'Fabrikam' startswith_cs 'FAB'", "false"],
    ["'Fabrikam' endswith_cs 'kam'", "true"],
    ["'Fabrikam' matches regex 'b.*k'", "true"],
    ["'aBc' =~ 'AbC'", "true"],
    ["'a' in ('a', 'b')", "true"],
    ["'c' !in (dynamic(['a', 'b']))".replace("['a', 'b']", '["a", "b"]'), "true"],
    ["5 between (1 .. 5)", "true"],
    ["int(null) == 5", "false"],
    ["int(null) != 5", "true"],
    ["isnull(int(null) == int(null))", "true"],
    ["isnull(int(null) < 5)", "true"],
    ["int(null) < 5 or true", "true"],
    ["7 / 2", "3"],
    ["7.0 / 2", "3.5"],
    ["10m / 5m", "2"],
    ["datetime(2020-01-02) - datetime(2020-01-01)", "1.00:00:00"],
    ["datetime(2020-01-01) + 1h", "2020-01-01T01:00:00.0000000Z"],
    ["now()", "2026-01-23T12:00:00.0000000Z"],
    ["ago(1d)", "2026-01-22T12:00:00.0000000Z"],
  ])("%s is %s", (expression, value) => {
    expect(printed(expression)).toBe(value);
  });
});

describe("tabular operators", () => {
  it.each([
    ["StormEvents | where Deaths > 0 | project State, D = Deaths * 2", ["TEXAS | 6", "KANSAS | 2"]],
    ["StormEvents | extend Deaths = Deaths + 1, B = 1 | project-away StartTime, Source | take 1", ["TEXAS | Flood | 4 | 1"]],
    ["StormEvents | count", ["4"]],
    ["StormEvents | where State == 'NOWHERE' | summarize N = count(), S = sum(Deaths), M = max(Deaths)", ["0 | 0 | null"]],
    [
      "StormEvents | summarize N = count(), Most = max(Deaths) by State | order by N desc, State asc",
      ["TEXAS | 2 | 3", " | 1 | 0", "KANSAS | 1 | 1"],
    ],
    [
      "StormEvents | summarize count_distinct(EventType), count_distinctif(State, State != ''), sumif(Deaths, State == 'TEXAS')",
      ["2 | 2 | 3"],
    ],
    [
      "StormEvents | summarize arg_max(StartTime, EventType) by State | where State == 'TEXAS'",
      ["TEXAS | 2007-01-01T01:30:00.0000000Z | Hail"],
    ],
    ["StormEvents | summarize N = count() by Hour = bin(StartTime, 1h) | top 1 by Hour desc", ["2007-01-02T00:00:00.0000000Z | 1"]],
    [
      "StormEvents | where isnotempty(State) | summarize take_any(*) by State | project State, EventType | order by State asc",
      ["KANSAS | Flood", "TEXAS | Flood"],
    ],
    ["StormEvents | distinct EventType | order by EventType asc", ["Flood", "Hail"]],
    ["StormEvents | project Source.deep.er | where isnotnull(Source_deep_er)", ["7"]],
    ["StormEvents | mv-expand S = Source to typeof(string) | where State == 'TEXAS' | project S", ["a", "b", ""]],
    ["let Top = StormEvents | top 1 by Deaths; StormEvents | join kind=leftanti Top on State | count", ["2"]],
    [
      "StormEvents | project State, Deaths | join kind=inner (datatable(State:string, Code:long)['KANSAS', 20]) on State",
      ["KANSAS | 1 | KANSAS | 20"],
    ],
    ["StormEvents | lookup (datatable(State:string, Code:long)['KANSAS', 20]) on State | project Code | take 3", ["null", "null", "20"]],
    ["union (StormEvents | project A = State), (print A = 'x') | where A in ('x', 'KANSAS')", ["KANSAS", "x"]],
    ["let F = (limit:long) { StormEvents | where Deaths >= limit }; F(1) | count", ["2"]],
    ["let Twice = (n:long) { n * 2 }; StormEvents | project Twice(Deaths) | take 1", ["6"]],
    ["StormEvents | as All | getschema | project ColumnName, ColumnType | take 1", ["StartTime | datetime"]],
    // learn.microsoft.com/kusto/query/scan-operator, the cumulative sum
    [
      "datatable(x:long)[1, 2, 3, 4, 5] | sort by x asc | scan declare (cumulative_x:long=0) with (step s1: true => cumulative_x = x + coalesce(s1.cumulative_x, 0);) | project x, cumulative_x",
      ["1 | 1", "2 | 3", "3 | 6", "4 | 10", "5 | 15"],
    ],
  ])("%s", (text, rows) => {
    expect(rowsOf(text)).toEqual(rows);
  });

  it("takes values as parameters, whatever stands in them", () => {
    const text = "declare query_parameters(s:string, n:long, d:dynamic, t:datetime); print s, n, d, t";
    const hostile = "'; StormEvents | count //\"";
    expect(
      rowsOf(text, { s: hostile, n: "long(7)", d: `dynamic(${JSON.stringify([hostile])})`, t: "datetime(2020-01-01T00:00:00.1234567Z)" }),
    ).toEqual([`${hostile} | 7 | ${JSON.stringify([hostile])} | 2020-01-01T00:00:00.1234567Z`]);
    expect(() => rowsOf(text, { s: "" })).toThrow("has no value");
  });

  it("answers every statement of a query, in order", () => {
    const results = database.query("let E = materialize(StormEvents | where Deaths > 0); E | count; E | summarize sum(Deaths)", {});
    expect(results.map(({ rows }) => rows)).toEqual([[[2]], [[4]]]);
  });
});

describe("what it refuses", () => {
  it.each([
    ["StormEvents | where Nothing == 1", "KS142"],
    ["StormEvents | where State < 'b'", "KS106"],
    ["StormEvents | where Deaths == '3'", "SEM0064"],
    ["declare query_parameters(d:dynamic = dynamic([])); print d", "SYN0002"],
    ["StormEvents | summarize count() by Source", "KS116"],
    [".show tables", "STAND-IN"],
  ])("%s is refused with %s", (text, code) => {
    expect(() => database.query(text, {})).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ["StormEvents | sample 3", "SampleOperator"],
    ["StormEvents | summarize dcount(State)", "dcount()"],
    ["print x = rand()", "rand()"],
    ["StormEvents | join kind=fullouter (StormEvents) on State", "fullouter"],
    ["print x = 'a' matches regex '(?=b)'", "look-around"],
  ])("%s is not known, and said so by name", (text, name) => {
    expect(() => database.query(text, {})).toThrow(name);
  });
});
