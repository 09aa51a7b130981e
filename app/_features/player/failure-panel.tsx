import { ShieldAlert, TriangleAlert } from 'lucide-react';
import { buttonStyle } from '@/app/_ui/button-style';
import { InsecureAdvice } from './insecure-advice';
import type { PlayerFailure } from './player-failure';

interface FailurePanelProps {
  failure: PlayerFailure;
  onRetry?: () => void;
  /** Whether it must fit over the video, which has little height on a phone. */
  isOverVideo?: boolean;
}

/** Says why the video does not play and what to do about it. */
export function FailurePanel({ failure, onRetry, isOverVideo = false }: FailurePanelProps) {
  const Icon = failure.isInsecure ? ShieldAlert : TriangleAlert;
  return (
    <div
      role="alert"
      data-testid="player-error"
      data-code={failure.code}
      className={`grid bg-stage px-6 text-stage-ink sm:px-10 ${isOverVideo ? 'min-h-full py-3 max-sm:text-sm sm:py-12' : 'min-h-[min(56.25vw,100svh-12rem)] py-12'}`}
    >
      <div className="m-auto w-full max-w-xl">
        <Icon
          className={`mb-4 size-8 text-stage-bad ${isOverVideo ? 'max-sm:hidden' : ''}`}
          aria-hidden="true"
        />
        <p className={`text-balance font-semibold ${isOverVideo ? 'text-base sm:text-title' : 'text-title'}`}>
          {failure.title}
        </p>
        {failure.isInsecure ? (
          <InsecureAdvice />
        ) : (
          <p className="mt-2 text-pretty text-stage-soft">{failure.advice}</p>
        )}
        <div className={`flex flex-wrap items-center gap-4 ${isOverVideo ? 'mt-3 sm:mt-6' : 'mt-6'}`}>
          {onRetry && !failure.isInsecure && (
            <button type="button" className={buttonStyle('stage')} onClick={onRetry}>
              Try again
            </button>
          )}
          <small className="text-stage-soft text-xs">Code: {failure.code}</small>
        </div>
      </div>
    </div>
  );
}
