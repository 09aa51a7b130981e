/** Covers the page while files are dragged over it, so that they can be dropped anywhere. */
export function DropOverlay() {
  return (
    <div className="fixed inset-0 z-40 grid place-items-center bg-paper/90 p-6 backdrop-blur-sm">
      <div className="viewfinder grid w-full max-w-2xl place-items-center px-8 py-24" data-closed="true">
        <p className="text-center font-semibold text-title">Drop to upload</p>
      </div>
    </div>
  );
}
