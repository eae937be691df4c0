/** A chosen or dropped file as text, or why it is none. */

const MOST_BYTES = 20_000_000;

export type FileText = { readonly text: string; readonly trouble?: never } | { readonly trouble: string; readonly text?: never };

export async function readFileText(file: Blob): Promise<FileText> {
  if (file.size > MOST_BYTES) return { trouble: "This file is larger than 20 MB. A ConfigMap holds 1 MiB at most." };
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\u0000") ? { trouble: BINARY } : { text };
  } catch {
    return { trouble: BINARY };
  }
}

const BINARY = "This file is not text. A configuration is YAML or JSON in UTF-8.";
