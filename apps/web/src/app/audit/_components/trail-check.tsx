'use client';

import type { operations, OutputOf } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';

type Result = OutputOf<typeof operations.verifyAudit>;

/** Verifies every service’s trail, and compares it with the anchors on the bus, on request. */
export function TrailCheck() {
  const [result, setResult] = useState<Result | null>(null);
  const check = useAction(async () => {
    setResult(await api.verifyAudit({}));
  });
  return (
    <>
      <div>
        <Button small icon="check" busy={check.busy} data-testid="verify-audit-btn" onClick={() => void check.run()}>
          {check.busy ? 'Checking…' : 'Check that nothing was changed'}
        </Button>
      </div>
      {check.error === undefined ? null : <ErrorNotice error={check.error} />}
      {result === null ? null : (
        <Notice
          tone={result.intact ? 'ok' : 'bad'}
          role="status"
          title={result.intact ? `The trail is whole: ${String(result.entries)} entries` : 'The trail is not whole'}
          testId="audit-verified"
        >
          {result.trails.map((trail) => (
            <p key={trail.service}>{trail.broken?.message ?? newestOf(trail)}</p>
          ))}
        </Notice>
      )}
    </>
  );
}

function newestOf({ service, head, anchor }: Result['trails'][number]): string {
  if (head === null) return `${service}-service: nothing is recorded.`;
  // Without an anchor nobody can know whether the end was cut off.
  const anchored = anchor === null ? '; the bus was told of none' : '';
  return `${service}-service: newest entry ${String(head.sequence)}, seal ${head.seal.slice(0, 16)}…${anchored}`;
}
