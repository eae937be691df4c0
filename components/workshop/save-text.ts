/** Lets the browser save a text as a file. */
export function saveText(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // not at once: the browser begins to read after the click
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
