import type { KubernetesApiError, ObjectId } from '@ushadow/kubernetes';
import { classifyError, formatObjectId } from '@ushadow/kubernetes';
import { quotaFigures } from '@ushadow/diagnose';
import type { Evidence, Failure, FailureCode } from '@ushadow/diagnose';
import { fieldsIn } from './api-failure-fields.ts';
import { NAME_TAKEN_REASON } from './ownership/claim.ts';
import { isImmutableFieldError } from './immutable-field.ts';
import { grantFor, readDenial } from './preflight/denials.ts';

interface ApiFailureRow {
  readonly code: FailureCode;
  readonly matches: (error: KubernetesApiError) => boolean;
  readonly remedy: string;
  readonly evidence?: (error: KubernetesApiError) => readonly Evidence[];
}

const text =
  (pattern: RegExp) =>
  (error: KubernetesApiError): boolean =>
    pattern.test(error.message);
const status =
  (...codes: readonly number[]) =>
  (error: KubernetesApiError): boolean =>
    codes.includes(error.httpStatus);

const REMAKE = 'the object must be recreated to change this field';

/** First row that matches wins. Texts pinned against kube-apiserver 1.37. */
const ROWS: readonly ApiFailureRow[] = [
  {
    code: 'FIELD_CONFLICT',
    matches: (e) => e.causes.some(({ reason }) => reason === 'FieldManagerConflict'),
    remedy: 'take the fields over, or leave them to the other manager by removing them here',
  },
  {
    code: 'ADMISSION_NO_DRY_RUN',
    matches: text(/does not support dry run/),
    remedy: 'the webhook cannot be asked beforehand; continue without this check, or stop',
  },
  {
    code: 'ADMISSION_WEBHOOK_DOWN',
    matches: text(/failed calling webhook/),
    remedy: 'bring the webhook’s service back, or ask a cluster administrator to exempt this namespace',
  },
  {
    code: 'POD_SECURITY_VIOLATED',
    matches: text(/violates PodSecurity/),
    remedy: 'change what the message names, or relax the namespace’s pod security level',
  },
  {
    code: 'ADMISSION_DENIED',
    matches: text(/admission webhook .* denied the request|ValidatingAdmissionPolicy/),
    remedy: 'follow the policy’s message, or ask a cluster administrator for an exception',
  },
  {
    code: 'QUOTA_EXCEEDED',
    matches: text(/exceeded quota/),
    remedy: 'ask for less, remove something else, or have the quota raised',
    evidence: ({ message }) => quotaFigures(message),
  },
  {
    code: 'LIMIT_RANGE_VIOLATED',
    matches: text(/(minimum|maximum) \S+ usage per|limit range/i),
    remedy: 'set requests and limits inside the range',
  },
  {
    code: 'NAMESPACE_TERMINATING',
    matches: text(/is being terminated/),
    remedy: 'wait until the namespace is gone, or choose another one',
  },
  {
    code: 'SERVICE_ACCOUNT_MISSING',
    matches: text(/service ?account .*not found/i),
    remedy: 'create the ServiceAccount, or name another one',
  },
  {
    code: 'NAMESPACE_NOT_FOUND',
    matches: (e) => e.httpStatus === 404 && e.subject.kind === 'namespaces',
    remedy: 'create the namespace, or choose another one',
  },
  {
    code: 'KIND_NOT_SERVED',
    matches: (e) => e.httpStatus === 404,
    remedy: 'install what defines this kind (a CustomResourceDefinition), or use a version the cluster serves',
  },
  {
    code: 'DUPLICATE_LIST_KEY',
    matches: text(/duplicate entries for key/),
    remedy: 'remove one of the two entries with the same key',
  },
  {
    code: 'FIELD_IMMUTABLE',
    matches: isImmutableFieldError,
    remedy: REMAKE,
  },
  {
    code: 'PERMISSION_DENIED',
    matches: status(403),
    remedy: 'grant the missing permission to the account of this cluster’s credential',
    evidence: ({ message }) => grantFor(readDenial(message)),
  },
  {
    code: 'FINALIZER_STUCK',
    matches: (e) => e.reason === 'FinalizerStuck',
    remedy: 'find out why the controllers behind its finalizers do not let it go',
  },
  {
    code: 'NAME_TAKEN',
    matches: (e) => e.reason === NAME_TAKEN_REASON,
    remedy: 'deploy into another namespace (-n), or plan again to see what can be taken over',
  },
  {
    code: 'PLAN_STALE',
    matches: (e) => status(409)(e) && !/resourcequotas/i.test(e.message),
    remedy: 'somebody else has replaced the object meanwhile; plan again',
  },
  { code: 'CLUSTER_UNAUTHORIZED', matches: status(401), remedy: 'renew the cluster’s credential' },
  { code: 'API_RATE_LIMITED', matches: status(429), remedy: 'the cluster throttles; try again later' },
  {
    code: 'MANIFEST_INVALID',
    matches: (e) => classifyError(e) === 'invalid',
    remedy: 'correct the fields named in the message',
  },
  {
    code: 'CLUSTER_UNREACHABLE',
    matches: status(0, 502, 503, 504),
    remedy: 'check that the API server is up and reachable from here',
  },
];

/** What a refused or failed request means for the user. */
export function failureOfApiError(error: KubernetesApiError, object?: ObjectId): Failure {
  const row = ROWS.find(({ matches }) => matches(error));
  const fields = fieldsIn(error);
  const field = fields.find((item) => item.field !== undefined)?.field;
  const path = object === undefined ? 'request' : formatObjectId(object);
  return {
    code: row?.code ?? 'API_ERROR',
    message: error.message,
    ...(object === undefined ? {} : { object }),
    ...(field === undefined ? {} : { field }),
    ...(row === undefined ? {} : { remedy: row.remedy }),
    evidence: [
      { kind: 'response', path, value: `HTTP ${error.httpStatus} ${error.reason}` },
      ...fields,
      ...(row?.evidence?.(error) ?? []),
    ],
  };
}

/** The same of what the server would accept silently, and without effect. */
export function immutableFailure(object: ObjectId, message: string): Failure {
  return {
    code: 'FIELD_IMMUTABLE',
    message: `${formatObjectId(object)}: ${message}`,
    object,
    remedy: REMAKE,
    evidence: [],
  };
}

/** True when the cluster could not be asked, or its answer did not come: nothing is known of what it has done. */
export function isUnreachable({ code }: Failure): boolean {
  return LOST.has(code);
}

const LOST: ReadonlySet<FailureCode> = new Set(['API_RATE_LIMITED', 'CLUSTER_UNAUTHORIZED', 'CLUSTER_UNREACHABLE']);
