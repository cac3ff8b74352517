import { DomainError } from '@ushadow/contracts';
import { problemsOf, type Problem } from './error-details.ts';

export interface ErrorDescription {
  /** What went wrong, in a few words. */
  readonly title: string;
  /** What happened, as the server tells it. */
  readonly message: string;
  /** What to do. */
  readonly remedy: string | null;
  readonly problems: readonly Problem[];
  readonly code: string;
  /** Under which the log has it. */
  readonly requestId: string | null;
}

interface Wording {
  readonly title: string;
  readonly remedy: string | null;
}

const wordings: Readonly<Record<string, Wording>> = {
  GATEWAY_UNREACHABLE: {
    title: 'The gateway does not answer',
    remedy: 'Check that Ushadow is running (npm start), then try again.',
  },
  SERVICE_UNAVAILABLE: { title: 'A service is not ready', remedy: 'It may still be starting. Try again in a moment.' },
  DEADLINE_EXCEEDED: { title: 'No answer in time', remedy: 'Try again; if it stays so, look at the service’s log.' },
  STORE_UNAVAILABLE: { title: 'The database does not answer', remedy: 'Try again in a moment.' },
  OUTCOME_UNKNOWN: {
    title: 'It is not known whether this was stored',
    remedy: 'Reload and look whether it is there before you ask again.',
  },
  INVALID_INPUT: { title: 'Something in the form is not valid', remedy: null },
  PAYLOAD_TOO_LARGE: { title: 'That is too large', remedy: 'Send a smaller file.' },
  HOST_NOT_ALLOWED: {
    title: 'This address is not served',
    remedy: 'Open the page under the address that was printed.',
  },
  KUBECONFIG_INVALID: { title: 'This kubeconfig cannot be used', remedy: null },
  KUBECONFIG_REFUSED: {
    title: 'This kubeconfig asks for something that is refused',
    remedy: 'Export one that carries its credentials: kubectl config view --minify --flatten --raw',
  },
  ADDRESS_FORBIDDEN: {
    title: 'This address is not allowed',
    remedy: 'Use an API server address that this installation may connect to.',
  },
  CLUSTER_ALREADY_REGISTERED: { title: 'This cluster is here already', remedy: null },
  CLUSTER_NAME_TAKEN: { title: 'The name is taken', remedy: 'Choose another name.' },
  CLUSTER_NOT_FOUND: { title: 'This cluster is not registered', remedy: 'It may have been removed. Reload the list.' },
  CLUSTER_UNREACHABLE: {
    title: 'The cluster cannot be reached',
    remedy: 'Check that its API server runs and can be reached from here.',
  },
  CLUSTER_UNAUTHORIZED: {
    title: 'The cluster refuses the credentials',
    remedy: 'They may have expired. Replace the credential of the cluster with a fresh kubeconfig.',
  },
  CLUSTER_REFUSED: { title: 'The cluster refused the request', remedy: null },
  REGISTRY_INVALID: { title: 'No image can name this registry', remedy: null },
  PULL_SECRET_NOT_FOUND: { title: 'There is no credential for this registry', remedy: 'Reload the list.' },
  SCAN_FAILED: { title: 'The scan failed', remedy: 'The last good result is kept. Try again.' },
  SERVICE_NOT_FOUND: {
    title: 'This service is not in the catalog',
    remedy: 'Its Compose file may have changed. Reload the list.',
  },
  COMPILE_FAILED: { title: 'This cannot be compiled', remedy: null },
  ENVIRONMENT_UNRESOLVED: {
    title: 'Required variables have no value',
    remedy: 'Type a value (an empty one is a value), or keep a setting of that name.',
  },
  ENVIRONMENT_UNAVAILABLE: {
    title: 'The environment is not fully known now',
    remedy: null,
  },
  SETTING_NOT_FOUND: { title: 'There is no such setting', remedy: 'It may have been removed. Reload the list.' },
  TOO_MANY_SETTINGS: { title: 'There is no room for more settings', remedy: 'Remove some that nothing uses.' },
  UPLOAD_INVALID: { title: 'These files cannot be taken', remedy: null },
  UPLOAD_TOO_LARGE: { title: 'The upload is too large', remedy: null },
  UPLOAD_NAME_TAKEN: { title: 'The name is taken', remedy: null },
  UPLOAD_NOT_FOUND: {
    title: 'There is no such upload',
    remedy: 'It may have been removed already. Reload the list.',
  },
  DEPLOYMENT_IN_PROGRESS: {
    title: 'A deployment of this stack is running',
    remedy: 'Wait for it to end, or cancel it, then try again.',
  },
  DEPLOYMENT_ENDED: { title: 'It has ended already', remedy: 'Nothing is left to cancel: look at how it ended.' },
  PLAN_NOT_FOUND: { title: 'There is no such plan', remedy: 'Plans are kept for a month. Make another one.' },
  PLAN_EXPIRED: { title: 'The plan is too old to be applied', remedy: 'Make it anew and look at it again.' },
  PLAN_NOT_APPLICABLE: { title: 'The cluster refuses what the plan wants', remedy: null },
  NO_REVISION: {
    title: 'There is nothing to go back to',
    remedy: 'Choose another revision in the history, or deploy again.',
  },
  SERVICE_NOT_DEPLOYED: { title: 'The stack has no such service', remedy: 'Deploy it first.' },
  PROJECT_NOT_FOUND: {
    title: 'There is no such project',
    remedy: 'It may have been removed. Look at the list of projects.',
  },
  STACK_NOT_FOUND: { title: 'There is no such stack', remedy: 'It may have been removed. Look at the list of stacks.' },
  STACK_AMBIGUOUS: {
    title: 'The project has several stacks in this cluster',
    remedy: 'Name the namespace of the one that is meant.',
  },
  NAMESPACE_RESERVED: {
    title: 'This namespace is only used when it is named',
    remedy: 'Type a namespace above: this one, if it is meant, or another.',
  },
  NAMESPACE_NOT_EMPTY: {
    title: 'The namespace holds others’ objects',
    remedy: 'Type another namespace, or use this one all the same.',
  },
  DEPENDENCY_NOT_RUNNING: {
    title: 'Something it depends on is neither chosen nor running',
    remedy: 'Take it along.',
  },
  SHARED_CONFLICT: {
    title: 'Another service needs another version of what it shares with this one',
    remedy: 'Take that service along.',
  },
  SINGLE_WRITER: {
    title: 'Only one may write to this data',
    remedy: 'Leave it at one replica.',
  },
  NOT_SCALABLE: { title: 'There is no number of replicas to change', remedy: null },
  NOTHING_TO_RESTART: { title: 'There are no pods to replace', remedy: null },
  NOT_STOPPED: { title: 'The service is not stopped', remedy: 'There is nothing to start.' },
  DEPLOYMENT_NOT_FOUND: { title: 'There is no such deployment', remedy: 'Look for it in the list of deployments.' },
};

const UNKNOWN: Wording = { title: 'Something went wrong', remedy: 'Try again; if it stays so, report the code below.' };

/** The words for an error. Codes without words of their own keep the server's message, code and request id. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof DomainError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...UNKNOWN, message, problems: [], code: 'UNEXPECTED', requestId: null };
  }
  return {
    ...(wordings[error.code] ?? UNKNOWN),
    message: error.message,
    problems: problemsOf(error),
    code: error.code,
    requestId: error.requestId ?? null,
  };
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof DomainError && error.code === code;
}
