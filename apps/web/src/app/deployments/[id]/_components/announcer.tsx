import type { LiveState } from '../_events/live-deployment.ts';

const spoken = new Set(['stage.started', 'cause.raised', 'verdict']);

/** Reads out stages, causes and the verdict to screen readers; not every event, which would drown them. */
export function Announcer({ log }: Pick<LiveState, 'log'>) {
  const last = log.findLast((event) => spoken.has(event.type));
  return (
    <p role="status" aria-live="polite" className="visually-hidden" data-testid="progress-announcer">
      {last?.message ?? ''}
    </p>
  );
}
