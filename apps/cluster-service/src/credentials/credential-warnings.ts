import type { OutputOf, operations } from '@ushadow/contracts';
import type { ClusterAuth } from '@ushadow/kubernetes';
import type { ConnectionCheck } from '../check/connection-check.ts';
import type { Permissions } from '../permissions/review-permissions.ts';
import { credentialTimes } from './credential-times.ts';

export type CredentialWarning = OutputOf<typeof operations.registerCluster>['warnings'][number];

export interface AcceptedCredential {
  readonly auth: ClusterAuth;
  readonly dropped: readonly string[];
  readonly check: ConnectionCheck;
  readonly permissions: Permissions | null;
}

const SOON_MS = 7 * 24 * 3_600_000;
const OWN_ACCOUNT = 'make a ServiceAccount for Ushadow alone (GET /api/kubernetes/access-manifest prints the commands)';

/** What to say about a credential that is taken over all the same, the most pressing first. */
export function credentialWarnings(accepted: AcceptedCredential, now: Date): CredentialWarning[] {
  const { auth, check, dropped, permissions } = accepted;
  return [
    ...(check.status === 'connected' ? [] : [storedUnchecked(check)]),
    ...lifetime(auth, now),
    ...(permissions === null ? [] : rights(permissions)),
    ...(dropped.length === 0 ? [] : [fieldsDropped(dropped)]),
  ];
}

function storedUnchecked({ reason }: ConnectionCheck): CredentialWarning {
  return {
    code: 'STORED_UNCHECKED',
    message: `The cluster was stored without having been reached: ${reason ?? ''}.`,
    remedy: 'It is looked at again by itself; what its credential may do shows then.',
  };
}

function lifetime(auth: ClusterAuth, now: Date): CredentialWarning[] {
  const { expires, endless } = credentialTimes(auth);
  if (endless) {
    const message = 'The token never expires, as those of older clusters do: whoever gets hold of it keeps access.';
    return [{ code: 'TOKEN_NEVER_EXPIRES', message, remedy: `Replace it: ${OWN_ACCOUNT}.` }];
  }
  if (expires === null || expires.getTime() - now.getTime() > SOON_MS) return [];
  const kind = 'token' in auth ? 'token' : 'client certificate';
  const message = `The ${kind} expires in ${timeLeft(expires, now)}, at ${expires.toISOString()}.`;
  return [{ code: 'CREDENTIAL_EXPIRES_SOON', message, remedy: `Replace it before: ${OWN_ACCOUNT}.` }];
}

function timeLeft(expires: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((expires.getTime() - now.getTime()) / 60_000));
  if (minutes < 120) return `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${String(hours)} h` : `${String(Math.floor(hours / 24))} days`;
}

function rights({ cluster_admin: isAdmin, features, namespace }: Permissions): CredentialWarning[] {
  const missing = features.filter((feature) => !feature.available && !feature.optional);
  const admin: CredentialWarning = {
    code: 'CLUSTER_ADMIN',
    message: 'The credential may do everything in the cluster, which is far more than is used.',
    remedy: `Replace it: ${OWN_ACCOUNT}.`,
  };
  const gaps: CredentialWarning = {
    code: 'RIGHTS_MISSING',
    message: `In namespace ${namespace} this will not work in full: ${missing.map(({ title }) => title).join('; ')}.`,
    remedy: 'Apply the roles that `permissions` lists, or go on without.',
  };
  return [...(isAdmin ? [admin] : []), ...(missing.length === 0 ? [] : [gaps])];
}

function fieldsDropped(dropped: readonly string[]): CredentialWarning {
  return {
    code: 'FIELDS_DROPPED',
    message: `These fields of the kubeconfig were not taken over: ${dropped.join(', ')}.`,
    remedy: 'Nothing has to be done unless the connection depends on one of them.',
  };
}
