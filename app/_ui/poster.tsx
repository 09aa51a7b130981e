'use client';

import { useState } from 'react';

interface PosterProps {
  /** Null when there is no poster, as for a file with audio only. */
  src: string | null;
  className?: string;
}

/**
 * A video's poster, over a pattern that stays visible if there is none. Decoration: the name is beside it.
 */
export function Poster({ src, className = '' }: PosterProps) {
  const [failedSrc, setFailedSrc] = useState<string | null>(null);
  return (
    <div className={`relative aspect-video overflow-hidden bg-stage ${className}`}>
      <EmptyFrame />
      {src !== null && src !== failedSrc && (
        // Not Next's Image: the server has already scaled the poster, and the page's policy allows no styles
        // in its HTML.
        // biome-ignore lint/performance/noImgElement: see above
        <img
          src={src}
          alt=""
          loading="lazy"
          decoding="async"
          className="absolute inset-0 size-full object-cover"
          onError={() => setFailedSrc(src)}
          // It may have failed before the error handler was attached.
          ref={(image) => {
            if (image?.complete && image.naturalWidth === 0) setFailedSrc(src);
          }}
        />
      )}
    </div>
  );
}

function EmptyFrame() {
  return (
    <svg viewBox="0 0 160 90" className="absolute inset-0 size-full" aria-hidden="true">
      <g fill="none" stroke="#62d8b0" strokeOpacity="0.28" strokeWidth="2" strokeLinecap="round">
        <path d="M93.6 31.4A19 19 0 1 0 93.6 58.6" />
      </g>
      <path
        d="M76 38.5c0-1.4 1.5-2.2 2.7-1.5l10.4 6.6c1 .7 1 2.1 0 2.8l-10.4 6.6c-1.2.7-2.7-.1-2.7-1.5z"
        fill="#62d8b0"
        fillOpacity="0.28"
      />
    </svg>
  );
}
