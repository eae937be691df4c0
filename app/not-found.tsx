/** An address that Weir does not have. */
import Link from "next/link";
import { Frame } from "#components/shell/frame.tsx";
import { Header } from "#components/shell/header.tsx";
import { PAGES } from "#components/shell/pages.ts";
import { Face } from "#components/states/face.tsx";

export default function NotFound() {
  return (
    <Frame header={<Header />}>
      <Face
        kind="failed"
        isPage
        title="There is no such page."
        ways={PAGES.map(({ path, name }) => (
          <Link key={path} href={path} prefetch={false}>
            {name}
          </Link>
        ))}
      >
        <p>The address may be cut short. Weir has these pages:</p>
      </Face>
    </Frame>
  );
}
