import type { InputOf, OutputOf, operations } from '@ushadow/contracts';
import { credentialTimes } from '../credentials/credential-times.ts';
import { readUpload } from './read-upload.ts';

/** What a kubeconfig holds, for the person who is about to register it. */
export function inspectKubeconfig(
  input: InputOf<typeof operations.inspectKubeconfig>,
): OutputOf<typeof operations.inspectKubeconfig> {
  const { context, contexts, connection, namespace, dropped } = readUpload(input.kubeconfig, input.context);
  return {
    context,
    contexts: [...contexts],
    server: connection.server,
    namespace: namespace ?? null,
    credential: 'token' in connection.auth ? 'token' : 'client-certificate',
    expires_at: credentialTimes(connection.auth).expires?.toISOString() ?? null,
    dropped: [...dropped],
  };
}
