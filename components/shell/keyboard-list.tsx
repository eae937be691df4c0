"use client";
/** Every key the product listens to. */
import { Modal } from "@mantine/core";
import { KeyHint } from "#components/ui/key-hint.tsx";
import css from "./keyboard-list.module.css";

const GROUPS: readonly { readonly title: string; readonly keys: readonly (readonly [keys: readonly string[], does: string])[] }[] = [
  {
    title: "Anywhere",
    keys: [
      [["Ctrl", "K"], "Find a pod, group, address or page"],
      [["/"], "Add a filter"],
      [["?"], "This list"],
      [["Esc"], "Close what is open"],
    ],
  },
  {
    title: "Filter",
    keys: [
      [["Enter"], "Include the value"],
      [["Alt", "Enter"], "Exclude it; Alt and click does the same on facets and rows"],
      [["Backspace"], "In the empty field: take the last filter out"],
    ],
  },
  {
    title: "Timeline",
    keys: [
      [["←", "→"], "Move by one bar; with Shift, stretch the range"],
      [["Z"], "Zoom to the range"],
    ],
  },
  {
    title: "Tables",
    keys: [
      [["J", "K"], "Next and previous flow"],
      [["Enter"], "Open"],
    ],
  },
];

export function KeyboardList({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Keyboard"
      size={560}
      classNames={{ content: css.content, header: css.header, title: css.title, body: css.body }}
      closeButtonProps={{ "aria-label": "Close" }}
      overlayProps={{ backgroundOpacity: 0.25 }}
      transitionProps={{ duration: 0 }}
    >
      {GROUPS.map(({ title, keys }) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl>
            {keys.map(([names, does]) => (
              <div key={does}>
                <dt>
                  {names.map((name) => (
                    <KeyHint key={name} keys={name} />
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className={css.note}>On a Mac, Cmd stands for Ctrl and Option for Alt.</p>
    </Modal>
  );
}
