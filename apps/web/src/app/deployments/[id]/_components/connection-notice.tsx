import { Notice } from '../../../../ui/notice.tsx';
import { clockTime } from '../../../../ui/format.ts';
import type { LiveState } from '../_events/live-deployment.ts';

/** Says when what is shown may be out of date. */
export function ConnectionNotice({ live }: { readonly live: LiveState }) {
  if (live.connection !== 'lost') return null;
  const last = live.log.at(-1);
  return (
    <Notice tone="warn" role="status" title="Reconnecting…" testId="reconnecting">
      <p>{last === undefined ? 'No update has come yet.' : `Last update at ${clockTime(last.time)}.`}</p>
    </Notice>
  );
}
