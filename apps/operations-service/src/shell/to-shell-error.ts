import { DomainError } from '@ushadow/contracts';
import { classifyError, KubernetesApiError } from '@ushadow/kubernetes';

/** What a cluster said, as people are told; what is no answer of a cluster stays as it is. */
export function toShellError(error: unknown): unknown {
  if (!(error instanceof KubernetesApiError)) return error;
  const { message, reason } = error;
  if (reason === 'CommandNotFound') return new DomainError('COMMAND_NOT_IN_CONTAINER', 'invalid', sentence(message));
  if (reason === 'ContainerNotRunning') return new DomainError('CONTAINER_NOT_RUNNING', 'conflict', sentence(message));
  if (reason === 'PortRefused') return new DomainError('PORT_REFUSED', 'conflict', sentence(message));
  switch (classifyError(error)) {
    case 'unauthorized':
      return new DomainError('CLUSTER_UNAUTHORIZED', 'forbidden', 'The cluster refuses the stored credentials.');
    case 'transient':
    case 'throttled':
    case 'final':
      return new DomainError('CLUSTER_UNREACHABLE', 'unavailable', `The cluster does not answer: ${message}.`);
    case 'not-found':
      return new DomainError('POD_NOT_FOUND', 'not-found', 'The pod is gone.');
    default:
      return new DomainError('CLUSTER_REFUSED', 'invalid', `The cluster refuses it: ${message}`);
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
