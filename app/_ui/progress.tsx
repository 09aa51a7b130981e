interface ProgressBarProps {
  label: string;
  /** From 0 to 1; null while there is nothing to count yet. */
  value: number | null;
  tone?: 'work' | 'accent' | 'stage';
}

const fills = { work: 'bg-work-bar', accent: 'bg-accent', stage: 'bg-stage-accent' } as const;

export function ProgressBar({ label, value, tone = 'work' }: ProgressBarProps) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={`h-1.5 overflow-hidden rounded-full ${tone === 'stage' ? 'bg-stage-line' : 'bg-sunken'}`}
    >
      {percent === undefined ? (
        <div
          className={`h-full w-1/3 animate-[bar-sweep_1.4s_ease-in-out_infinite] rounded-full ${fills[tone]}`}
        />
      ) : (
        // By script: the page's policy allows no styles in its HTML.
        <div
          ref={(bar) => bar?.style.setProperty('width', `${percent}%`)}
          className={`h-full w-0 rounded-full transition-[width] duration-500 ${fills[tone]}`}
        />
      )}
    </div>
  );
}

/** A bar below its label and a note, such as the percentage. */
export function Progress({ note, ...bar }: ProgressBarProps & { note: string | null }) {
  return (
    <div>
      <p className="mb-1.5 flex justify-between gap-3 text-soft text-xs tabular-nums">
        <span>{bar.label}</span>
        <span>{note}</span>
      </p>
      <ProgressBar {...bar} />
    </div>
  );
}
