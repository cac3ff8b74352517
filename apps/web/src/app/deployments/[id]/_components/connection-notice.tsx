import { Notice } from '../../../../ui/notice.tsx';
import { clockTime } from '../../../../ui/format-time.ts';
import type { DeploymentEvents } from '../_hooks/use-deployment-events.ts';

/** Says when what is shown may be out of date. */
export function ConnectionNotice({ events }: { readonly events: DeploymentEvents }) {
  if (events.connection !== 'lost') return null;
  const last = events.log.at(-1);
  return (
    <Notice tone="warn" role="status" title="Reconnecting…" testId="reconnecting">
      <p>{last === undefined ? 'No update has come yet.' : `Last update at ${clockTime(last.time)}.`}</p>
    </Notice>
  );
}
