import type { LastExitData } from '@ushadow/contracts';
import { signalOf } from '@ushadow/diagnose';
import type { JsonValue } from '@ushadow/kubernetes';
import { numberAt, textAt, valueAt } from '@ushadow/kubernetes';

const LAST_WORDS_MAX = 400;

/** How a container has ended, of a `terminated` of its status. */
export function exitOf(terminated: JsonValue | undefined): LastExitData | undefined {
  const code = valueAt(terminated, ['exitCode']);
  if (typeof code !== 'number') return undefined;
  return {
    code,
    signal: signalOf(code, numberAt(terminated, ['signal'])) ?? null,
    reason: textAt(terminated, ['reason']),
    message: textAt(terminated, ['message']).trim().slice(-LAST_WORDS_MAX),
    at: textAt(terminated, ['finishedAt']) || null,
  };
}
