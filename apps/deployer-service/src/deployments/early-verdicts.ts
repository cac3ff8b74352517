import type { Verdict } from './deployment.ts';
import { VERDICT_CODES } from './verdict-codes.ts';

export function cancelledVerdict(actor: string): Verdict {
  return {
    status: 'cancelled',
    code: VERDICT_CODES.cancelled,
    reason: `${actor} has cancelled it.`,
    object: null,
    remedy: null,
  };
}

export function supersededVerdict(by: string): Verdict {
  const reason = 'A newer deployment of this stack has taken its place.';
  return {
    status: 'superseded',
    code: VERDICT_CODES.superseded,
    reason,
    object: null,
    remedy: null,
    superseded_by: by,
  };
}
