/** Water held back by a wall, and what comes over it. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true" strokeLinecap="round">
      <path d="M1 6.2c1.4 0 1.4 1.2 2.8 1.2S5.2 6.2 6.6 6.2 8 7.4 9.4 7.4" stroke="var(--accent)" strokeWidth="1.9" />
      <path d="M1 10.8c1.4 0 1.4 1.2 2.8 1.2s1.4-1.2 2.8-1.2S8 12 9.4 12" stroke="var(--accent)" strokeWidth="1.9" opacity=".55" />
      <path d="M11.7 3v14" stroke="var(--ink)" strokeWidth="2.2" />
      <path d="M14.4 15.4c1.1 0 1.1 1.1 2.2 1.1s1.1-1.1 2.2-1.1" stroke="var(--accent)" strokeWidth="1.9" />
    </svg>
  );
}
