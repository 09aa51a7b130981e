import { formatPercent } from '@/app/_lib/format';
import { Poster } from '@/app/_ui/poster';
import { ProgressBar } from '@/app/_ui/progress';

interface WaitingPanelProps {
  poster: string;
  /** The current work. */
  activity: string;
  /** From 0 to 1; null while there is nothing to count. */
  progress: number | null;
}

/** Shown in place of the video until there is something to play. */
export function WaitingPanel({ poster, activity, progress }: WaitingPanelProps) {
  return (
    <div className="absolute inset-0 text-stage-ink" data-testid="player-waiting">
      <Poster src={poster} className="!aspect-auto size-full opacity-40" />
      <div className="absolute inset-0 grid place-items-center bg-stage/65 p-6">
        <div className="w-full max-w-sm text-center">
          <p className="font-semibold text-lg" role="status">
            {activity}
          </p>
          <div className="mt-4">
            <ProgressBar label={activity} value={progress} tone="stage" />
          </div>
          <p className="mt-3 text-sm text-stage-soft tabular-nums">
            {progress !== null && `${formatPercent(progress)} · `}Playback starts automatically
          </p>
        </div>
      </div>
    </div>
  );
}
