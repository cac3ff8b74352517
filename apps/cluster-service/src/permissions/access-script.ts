import { ACCOUNT } from './role-objects.ts';

/** A year, unless the API server allows less. */
const TOKEN_DURATION = '8760h';

/**
 * A script for a POSIX shell that applies the manifest with the reader's own kubectl context, makes a token, and prints a
 * kubeconfig with that token and nothing of the reader's own credentials.
 */
export function accessScript(namespace: string, yaml: string): string {
  return `#!/bin/sh
# Makes the ServiceAccount ${ACCOUNT} in namespace ${namespace} and prints a kubeconfig to register.
# Run it with an administrator's kubectl context; it changes nothing else.
set -eu
kubectl apply -f - >&2 <<'END'
${yaml.trimEnd()}
END
token=$(kubectl -n ${namespace} create token ${ACCOUNT} --duration=${TOKEN_DURATION})
cluster() { kubectl config view --minify --raw --flatten -o "jsonpath={.clusters[0].cluster.$1}"; }
server=$(cluster server)
ca=$(cluster certificate-authority-data)
name=$(cluster tls-server-name)
echo 'apiVersion: v1'
echo 'kind: Config'
echo 'current-context: ${ACCOUNT}'
echo 'clusters:'
echo '- name: ${ACCOUNT}'
echo '  cluster:'
echo "    server: $server"
[ -z "$ca" ] || echo "    certificate-authority-data: $ca"
[ -z "$name" ] || echo "    tls-server-name: $name"
echo 'users:'
echo '- name: ${ACCOUNT}'
echo '  user:'
echo "    token: $token"
echo 'contexts:'
echo '- name: ${ACCOUNT}'
echo '  context: {cluster: ${ACCOUNT}, user: ${ACCOUNT}, namespace: ${namespace}}'
`;
}
