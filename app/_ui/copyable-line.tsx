import { CopyButton } from './copy-button';

interface CopyableLineProps {
  label: string;
  /** The text that is shown. */
  text: string;
  /** The text that is copied, if it differs from the one shown. */
  copied?: () => string;
}

/** A label, a technical value in full, and a button that copies it. */
export function CopyableLine({ label, text, copied }: CopyableLineProps) {
  return (
    <div className="flex items-center gap-2 py-1">
      <div className="min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-4">
        <p className="w-36 shrink-0 text-soft text-xs">{label}</p>
        <p className="min-w-0 break-all font-mono text-[0.8125rem]" dir="ltr">
          {text}
        </p>
      </div>
      <CopyButton size="icon" kind="quiet" label={`Copy: ${label}`} text={copied ?? (() => text)} />
    </div>
  );
}
