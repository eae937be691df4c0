/** Objects of two text fields inside the JSON text of an array. */
import { IN_STRING, literalRegex } from "./json-regex.ts";
import { KqlRefusal } from "./kql-writer.ts";

/**
 * The two fields in either order. An undefined one may have any value; it may be left out then, and so may the empty text, which is how
 * protojson writes it. Inside a string `,{` may stand, but never `,{"`, because its quote would follow a backslash.
 */
export function objectRegex(fields: Readonly<Record<string, string | undefined>>): string {
  const [one, other] = Object.entries(fields).map(([name, text]) => field(name, text));
  if (one === undefined || other === undefined) throw new RangeError("two fields are compared");
  const open = String.raw`[\[,]\{`;
  const forms = [...written([one, other]), ...written([other, one])];
  return `(?:${[...new Set(forms)].map((form) => `${open}${form}`).join("|")})`;
}

interface Field {
  readonly text: string;
  readonly isOptional: boolean;
}

function field(name: string, text: string | undefined): Field {
  if (text === undefined) return { text: `"${name}":"${IN_STRING}*"`, isOptional: true };
  const regex = literalRegex(text);
  if (regex === undefined) throw new KqlRefusal("The value holds characters that JSON may write in more than one way.");
  return { text: `"${name}":"${regex}"`, isOptional: text === "" };
}

/** In this order, with the commas between what is there. */
function written([first, second]: readonly [Field, Field]): string[] {
  const end = String.raw`\}`;
  const forms = [`${first.text},${second.text}${end}`];
  if (first.isOptional) forms.push(`${second.text}${end}`);
  if (second.isOptional) forms.push(`${first.text}${end}`);
  if (first.isOptional && second.isOptional) forms.push(end);
  return forms;
}
