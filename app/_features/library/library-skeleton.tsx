const rows = ['first', 'second', 'third'];

export function LibrarySkeleton() {
  return (
    <div role="status">
      <span className="sr-only">Loading the library…</span>
      {rows.map((row) => (
        <div
          key={row}
          className="panel mb-4 grid grid-cols-[7rem_1fr] gap-4 p-4 sm:grid-cols-[13rem_1fr] sm:gap-6"
        >
          <div className="skeleton aspect-video" />
          <div className="pt-1">
            <div className="skeleton h-5 w-3/5" />
            <div className="skeleton mt-3 h-4 w-2/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
