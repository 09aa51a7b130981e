import { Download } from 'lucide-react';
import { type ButtonSize, buttonStyle, labelStyle } from '@/app/_ui/button-style';

interface DownloadLinkProps {
  /** Null while there is nothing to download yet. */
  path: string | null;
  size?: ButtonSize;
}

/** Downloads a package's encrypted MP4; the server names the file. */
export function DownloadLink({ path, size = 'normal' }: DownloadLinkProps) {
  const inside = (
    <>
      <Download className="size-4" aria-hidden="true" />
      <span className={labelStyle(size)}>Download</span>
    </>
  );
  if (path === null) {
    return (
      <span className="inline-flex" title="There is nothing to download yet.">
        <button type="button" className={buttonStyle('plain', size)} disabled>
          {inside}
        </button>
      </span>
    );
  }
  return (
    <a href={path} download className={buttonStyle('plain', size)}>
      {inside}
    </a>
  );
}
