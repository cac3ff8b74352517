import { KubernetesApiError, type ClusterConnection } from '@ushadow/kubernetes';
import type { AddressPolicy } from '@ushadow/outbound';
import { credentialWarnings, type CredentialWarning } from '../credentials/credential-warnings.ts';
import type { UploadedKubeconfig } from '../kubeconfig/read-upload.ts';
import { reviewPermissions, type Permissions } from '../permissions/review-permissions.ts';
import { checkUpload, refuseFailed } from './check-upload.ts';
import type { ConnectionCheck } from './connection-check.ts';

/** A credential that has proved itself, with what there is to say about it. */
export interface AcceptedUpload {
  readonly check: ConnectionCheck;
  /** Null when the API server could not be asked. */
  readonly permissions: Permissions | null;
  readonly warnings: CredentialWarning[];
}

/** Everything that is asked of an upload before it is stored: address, live check, access review. Throws what refuses it. */
export async function acceptUpload(
  upload: UploadedKubeconfig,
  policy: AddressPolicy,
  options: { readonly namespace: string; readonly allowUnreachable: boolean },
): Promise<AcceptedUpload> {
  const { check, pinned } = await checkUpload(upload.connection, policy);
  refuseFailed(check, options);
  const isReached = check.status === 'connected' && pinned !== undefined;
  const permissions = isReached ? await reviewed(pinned, options.namespace) : null;
  const { connection, dropped } = upload;
  const warnings = credentialWarnings({ auth: connection.auth, dropped, check, permissions }, new Date());
  return { check, permissions, warnings };
}

/** A server that answered a moment ago and does not review access now is no reason to refuse it. */
async function reviewed(connection: ClusterConnection, namespace: string): Promise<Permissions | null> {
  try {
    return await reviewPermissions(connection, namespace);
  } catch (error) {
    if (error instanceof KubernetesApiError) return null;
    throw error;
  }
}
