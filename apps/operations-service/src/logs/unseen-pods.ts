import { DomainError } from '@ushadow/contracts';
import { classifyError, KubernetesApiError } from '@ushadow/kubernetes';

/** Why the pods of a stack are not seen; `AWAY` where they may be a moment later. */
export interface UnseenPods {
  readonly code: 'FORBIDDEN' | 'NOT_READABLE' | 'AWAY';
  readonly message: string;
}

/** @throws what is no answer of a cluster or a service */
export function unseenPods(error: unknown): UnseenPods {
  if (error instanceof DomainError)
    return { code: error.kind === 'unavailable' ? 'AWAY' : 'NOT_READABLE', message: error.message };
  if (!(error instanceof KubernetesApiError)) throw error;
  const { message } = error;
  const kind = classifyError(error);
  if (kind === 'forbidden') return { code: 'FORBIDDEN', message: `The pods of the stack may not be seen: ${message}` };
  return { code: kind === 'invalid' || kind === 'not-found' ? 'NOT_READABLE' : 'AWAY', message };
}
