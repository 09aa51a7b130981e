/** The logo: an enclosure, open on one side, with a video leaving through the opening. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0a6b52" />
      <path
        d="M22.1 8.7A9.5 9.5 0 1 0 22.1 23.3"
        fill="none"
        stroke="#fff"
        strokeWidth="3.2"
        strokeLinecap="round"
      />
      <path
        d="M14.2 11.9c0-.8.9-1.3 1.6-.9l6.3 4.1c.7.4.7 1.4 0 1.8l-6.3 4.1c-.7.4-1.6-.1-1.6-.9z"
        fill="#8ff0cd"
      />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="flex items-center gap-2.5">
      <Mark className="size-8" />
      <span className="font-semibold text-[1.3125rem] tracking-[-0.035em]">Cenclave</span>
    </span>
  );
}
