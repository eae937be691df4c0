/** The commands that apply the file and show that agents took it. */
import { CopyButton } from "#components/ui/copy-button.tsx";
import css from "./apply-box.module.css";

export function ApplyBox({ commands }: { readonly commands: string }) {
  return (
    <section className={css.box} aria-label="Apply it yourself">
      <header className={css.head}>
        <b>Apply it yourself</b>
        <span>Weir never writes to a cluster.</span>
        <CopyButton text={commands} size="small">
          Copy
        </CopyButton>
      </header>
      <pre className={css.commands}>
        {commands.split("\n").map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
          <code key={index} data-dim={line.startsWith("#")}>
            {line}
            {"\n"}
          </code>
        ))}
      </pre>
    </section>
  );
}
