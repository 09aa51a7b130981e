const steps = [
  { title: 'Add a video', text: 'Most formats work: MP4, MKV, MOV, WebM and more.' },
  { title: 'Wait while it is packaged', text: 'It is encrypted and made ready for every connection speed.' },
  { title: 'Play or share it', text: 'Watch it here, or share its link.' },
];

/** An invitation, for a library with nothing in it. */
export function EmptyLibrary() {
  return (
    <div className="panel p-6 sm:p-10">
      <p className="text-soft">No videos yet. How it works:</p>
      <ol className="mt-6 grid gap-6 sm:grid-cols-3 sm:gap-8">
        {steps.map(({ title, text }, index) => (
          <li key={title} className="flex gap-4 sm:flex-col sm:gap-3">
            <span
              className="grid size-9 shrink-0 place-items-center rounded-full bg-tint font-semibold text-accent text-sm"
              aria-hidden="true"
            >
              {index + 1}
            </span>
            <div>
              <p className="font-semibold">{title}</p>
              <p className="mt-1 text-pretty text-soft text-sm">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
