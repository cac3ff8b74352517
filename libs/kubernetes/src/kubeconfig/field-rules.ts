import type { KubeconfigProblemCode } from './problem.ts';
import type { YamlTree } from './read-document.ts';

/** A field that must not be there, and what to do instead. */
export interface ForbiddenField {
  readonly keys: readonly string[];
  readonly code: KubeconfigProblemCode;
  readonly message: string;
  readonly remedy: string;
  /** Harmless values; anything present is refused by default. */
  readonly harmless?: (value: YamlTree) => boolean;
}

const TOKEN_REMEDY =
  'paste a token instead: `kubectl create serviceaccount ushadow`, bind a role to it, then `kubectl create token ushadow`';
const INLINE_REMEDY = 'put the content inline: `kubectl config view --raw --flatten --minify`';

export const FORBIDDEN_CLUSTER_FIELDS: readonly ForbiddenField[] = [
  {
    keys: ['certificate-authority'],
    code: 'CA_FILE',
    message: 'the certificate authority is a path to a file, which is never read',
    remedy: INLINE_REMEDY,
  },
  {
    keys: ['insecure-skip-tls-verify'],
    code: 'INSECURE_TLS',
    message: 'the kubeconfig switches certificate checks off, so anybody on the way could take the credential',
    remedy: 'remove the field and give the cluster’s CA in certificate-authority-data',
    harmless: (value) => value === false,
  },
  {
    keys: ['proxy-url'],
    code: 'PROXY_URL',
    message: 'a proxy of the kubeconfig’s choice is not used',
    remedy: 'remove the field; an operator can set a proxy for the whole product',
  },
];

export const FORBIDDEN_USER_FIELDS: readonly ForbiddenField[] = [
  {
    keys: ['exec'],
    code: 'EXEC_PLUGIN',
    message: 'the user signs in by running a command, which is never run here',
    remedy: TOKEN_REMEDY,
  },
  {
    keys: ['auth-provider'],
    code: 'AUTH_PROVIDER',
    message: 'the user signs in through an auth provider plug-in, which is not supported',
    remedy: TOKEN_REMEDY,
  },
  {
    keys: ['tokenFile', 'token-file'],
    code: 'TOKEN_FILE',
    message: 'the token is a path to a file, which is never read',
    remedy: 'put the token itself into `token`',
  },
  {
    keys: ['client-certificate'],
    code: 'CLIENT_CERTIFICATE_FILE',
    message: 'the client certificate is a path to a file, which is never read',
    remedy: INLINE_REMEDY,
  },
  {
    keys: ['client-key'],
    code: 'CLIENT_KEY_FILE',
    message: 'the client key is a path to a file, which is never read',
    remedy: INLINE_REMEDY,
  },
  {
    keys: ['username', 'password'],
    code: 'BASIC_AUTH',
    message: 'user name and password are no longer accepted by Kubernetes',
    remedy: TOKEN_REMEDY,
  },
  {
    keys: ['as', 'as-uid', 'as-groups', 'as-user-extra'],
    code: 'IMPERSONATION',
    message: 'the user acts as somebody else, which would hide who is acting',
    remedy: 'use the credential of the account that is meant',
  },
];

/** Everything that is read. Other fields are dropped, and named in the answer. */
export const KNOWN_FIELDS = {
  document: ['apiVersion', 'kind', 'current-context', 'clusters', 'users', 'contexts'],
  cluster: ['server', 'certificate-authority-data', 'tls-server-name', 'insecure-skip-tls-verify'],
  user: ['token', 'client-certificate-data', 'client-key-data'],
  context: ['cluster', 'user', 'namespace'],
} as const;
