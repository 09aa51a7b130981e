import { FailurePanel } from './failure-panel';
import type { ConnectionState } from './outages';
import { lostConnection } from './player-failure';

interface ConnectionNoticeProps {
  state: ConnectionState;
  onRetry: () => void;
}

/** Shown over the player while it waits for the server; it disappears when playback continues. */
export function ConnectionNotice({ state, onRetry }: ConnectionNoticeProps) {
  if (state.kind === 'lost') {
    return (
      <div className="absolute inset-0 z-10 overflow-y-auto bg-stage">
        <FailurePanel failure={lostConnection(state.status)} onRetry={onRetry} isOverVideo />
      </div>
    );
  }
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-4 z-10 flex justify-center px-4">
      {state.kind === 'reconnecting' && (
        <p
          className="rounded-full bg-stage-raised/90 px-4 py-1.5 text-sm text-stage-ink"
          data-testid="player-reconnecting"
        >
          No connection to the server. Trying again …
        </p>
      )}
    </div>
  );
}
