/** The mark of Kerbside: a kerb stone and a bolt that make a K. */
export function Logo({ size = 32, title }: { size?: number; title?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      {...(title ? { role: 'img', 'aria-label': title } : { 'aria-hidden': true })}
    >
      <rect width="32" height="32" rx="8" fill="#0b4f4d" />
      <rect x="7.5" y="6.5" width="4" height="19" rx="2" fill="#fff" />
      <path
        d="M23.5 7 14.6 15.6 20 16.9 24.2 25"
        fill="none"
        stroke="#5fe0d3"
        strokeWidth="3.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
