import { z } from 'zod';
import { clusterPermissions } from './check-permissions.ts';
import { cluster } from './cluster.ts';

/** Worth knowing about a credential that was accepted all the same. */
export const credentialWarning = z
  .object({
    code: z.enum([
      'FIELDS_DROPPED',
      'CREDENTIAL_EXPIRES_SOON',
      'TOKEN_NEVER_EXPIRES',
      'CLUSTER_ADMIN',
      'RIGHTS_MISSING',
      'STORED_UNCHECKED',
    ]),
    message: z.string(),
    remedy: z.string(),
  })
  .meta({ id: 'CredentialWarning' });

/** A cluster with what was found while its credential was taken over. */
export const registeredCluster = cluster
  .extend({
    warnings: z.array(credentialWarning),
    permissions: clusterPermissions.nullable().describe('What the credential may do; null when it could not be asked'),
  })
  .meta({ id: 'RegisteredCluster' });
