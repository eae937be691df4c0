/** A text that is no YAML to the agent, explained by what usually causes it. */
import type { Finding, TextPlace } from "./finding.ts";
import type { YamlFault } from "./go-yaml/read-yaml.ts";

export function yamlFinding({ problem, tooMuch }: YamlFault, text: TextPlace, pasted: string): Finding {
  const place = { text };
  if (tooMuch) {
    const explanation = "An agent might still read it; this page does not, so that it stays usable.";
    return { kind: "too-much", severity: "rejects-file", place, title: `Too much to read: ${problem}`, explanation };
  }
  return {
    kind: "not-yaml",
    severity: "rejects-file",
    place,
    title: `No YAML from line ${text.line}: ${problem}`,
    explanation: `${causeOf(problem, pasted, text)} The agent keeps its old exporters and repeats the error every five seconds.`,
  };
}

function causeOf(problem: string, pasted: string, { offset, line }: TextPlace): string {
  const rest = pasted.slice(offset, offset + 40);
  if (problem.includes("control characters")) return "The text has characters that YAML does not allow, as binary files have.";
  if (/^\t/.test(rest) || problem.includes("tab character")) return "Indentation is made of spaces in YAML; here is a tab.";
  if (problem.includes("cannot start any token")) {
    if (rest.startsWith("\t") || /^[ ]*\t/m.test(lineAt(pasted, offset))) return "Indentation is made of spaces in YAML; here is a tab.";
    return `A value cannot begin with ${JSON.stringify(rest[0] ?? "")}: put it in quotes.`;
  }
  if (problem.includes("alphabetic or numeric character"))
    return "A value that begins with * or & is an alias or an anchor to YAML: put it in quotes.";
  if (problem.includes("unknown anchor")) return "A value that begins with * is an alias to YAML: put it in quotes.";
  if (problem.includes("unknown escape")) return "In double quotes a backslash begins an escape: use single quotes, or double it.";
  if (problem.includes("excessive aliasing") || problem.includes("contains itself")) return "Its aliases repeat each other without end.";
  if (problem.includes("incompatible YAML document")) return "Agents read YAML 1.1 only: leave the %YAML line out.";
  if (problem.includes("undefined tag handle") || problem.includes("tag"))
    return "A value that begins with ! is a tag to YAML: put it in quotes.";
  if (problem.includes("end of stream")) return "A quote that is opened is never closed.";
  if (problem.includes("cannot decode")) return "The tag in front of the value asks for another type than the value has.";
  if (problem.includes("node content") && rest.startsWith(":")) return "A value that begins with a colon, as ::1 does, must be in quotes.";
  return `Look at line ${line} and the one above it: the indentation does not fit, a quote or a bracket is missing, or a colon stands where a text should be in quotes.`;
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", Math.max(0, offset - 1)) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(start, end < 0 ? text.length : end);
}
