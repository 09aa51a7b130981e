import { ShieldAlert, TriangleAlert } from 'lucide-react';
import { buttonStyle } from '@/app/_components/button-style';
import { InsecureAdvice } from './insecure-advice';
import type { PlayerFailure } from './player-failure';

interface FailurePanelProps {
  failure: PlayerFailure;
  onRetry?: () => void;
}

/** Says why the video does not play and what to do about it. */
export function FailurePanel({ failure, onRetry }: FailurePanelProps) {
  const Icon = failure.isInsecure ? ShieldAlert : TriangleAlert;
  return (
    <div
      role="alert"
      data-testid="player-error"
      data-code={failure.code}
      className="grid min-h-[min(56.25vw,100svh-12rem)] bg-stage px-6 py-12 text-stage-ink sm:px-10"
    >
      <div className="m-auto w-full max-w-xl">
        <Icon className="size-8 text-stage-bad" aria-hidden="true" />
        <p className="mt-4 text-balance font-semibold text-title">{failure.title}</p>
        {failure.isInsecure ? (
          <InsecureAdvice />
        ) : (
          <p className="mt-2 text-pretty text-stage-soft">{failure.advice}</p>
        )}
        <div className="mt-6 flex flex-wrap items-center gap-4">
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
