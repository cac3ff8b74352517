import type { ObjectId } from '@ushadow/kubernetes';
import type { Cause, Failure } from '@ushadow/diagnose';
import type { Readiness } from '../readiness/readiness.ts';

/** A cause as the reason of a verdict. */
export function failureOf(cause: Cause): Failure {
  const {
    id: _id,
    severity: _severity,
    firstSeen: _first,
    lastSeen: _last,
    observations: _sightings,
    ...failure
  } = cause;
  return failure;
}

/**
 * What the object says of its own failure, with what was seen of its pods. That a rollout took too long is only said
 * where nothing explains it.
 */
export function failedStatus(object: ObjectId, { code = 'API_ERROR', message }: Readiness, cause?: Cause): Failure {
  const own: Failure = { code, message, object, evidence: [{ kind: 'field', path: 'status', value: message }] };
  if (cause === undefined) return own;
  const known = failureOf(cause);
  const evidence = [...own.evidence, ...known.evidence];
  if (code === 'ROLLOUT_DEADLINE') return { ...known, message: `${known.message} (${message})`, evidence };
  const { container, remedy, field } = known;
  return {
    ...own,
    message: `${message}: ${known.message}`,
    ...(container === undefined ? {} : { container }),
    ...(field === undefined ? {} : { field }),
    ...(remedy === undefined ? {} : { remedy }),
    evidence,
  };
}
