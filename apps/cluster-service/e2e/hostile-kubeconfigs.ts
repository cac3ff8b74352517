import { base64, CANARY_TOKEN, kubeconfigText, type KubeconfigParts } from './kubeconfig-text.ts';
import { selfSigned } from '@ushadow/testing';

/** One kubeconfig that must be refused: by which verdict, with which problem, said of which field. */
export interface HostileKubeconfig {
  readonly name: string;
  readonly text: string;
  readonly verdict: 'KUBECONFIG_REFUSED' | 'KUBECONFIG_INVALID';
  readonly problem: string;
  /** Empty: said of the document as a whole. */
  readonly path: string;
}

/** Where the commands of the corpus would leave a trace, and what the files it names hold. */
export interface Traps {
  readonly touched: string;
  readonly file: string;
}

const refused = (name: string, parts: KubeconfigParts, problem: string, path: string): HostileKubeconfig => ({
  name,
  text: kubeconfigText(parts),
  verdict: 'KUBECONFIG_REFUSED',
  problem,
  path,
});
const invalid = (name: string, text: string, problem: string, path = ''): HostileKubeconfig => ({
  name,
  text,
  verdict: 'KUBECONFIG_INVALID',
  problem,
  path,
});
const USER = 'users[0].user';
const CLUSTER = 'clusters[0].cluster';

/** Section 10 of the security notes. Addresses, names and sizes have tests of their own. */
export function hostileKubeconfigs({ touched, file }: Traps): readonly HostileKubeconfig[] {
  return [...dangerous(touched, file), ...credentials(), ...servers(), ...contexts(), ...documents()];
}

function dangerous(touched: string, file: string): HostileKubeconfig[] {
  const provider = (config: Record<string, string>, name: string) => ({ user: { 'auth-provider': { name, config } } });
  const pem = base64(selfSigned('hostile').certificate);
  return [
    refused(
      'exec',
      { user: { token: undefined, exec: { command: 'touch', args: [touched] } } },
      'EXEC_PLUGIN',
      `${USER}.exec`,
    ),
    refused(
      'exec without arguments',
      { user: { exec: { command: `/bin/touch ${touched}` } } },
      'EXEC_PLUGIN',
      `${USER}.exec`,
    ),
    refused(
      'exec beside a token',
      { user: { exec: { command: 'touch', args: [touched] } } },
      'EXEC_PLUGIN',
      `${USER}.exec`,
    ),
    refused(
      'gcp',
      provider({ 'cmd-path': 'touch', 'cmd-args': touched }, 'gcp'),
      'AUTH_PROVIDER',
      `${USER}.auth-provider`,
    ),
    refused('azure', provider({ 'cmd-path': `touch ${touched}` }, 'azure'), 'AUTH_PROVIDER', `${USER}.auth-provider`),
    refused(
      'oidc',
      provider({ 'idp-issuer-url': 'https://127.0.0.1' }, 'oidc'),
      'AUTH_PROVIDER',
      `${USER}.auth-provider`,
    ),
    refused('tokenFile of a provider', provider({ tokenFile: file }, 'gcp'), 'AUTH_PROVIDER', `${USER}.auth-provider`),
    refused('tokenFile', { user: { token: undefined, tokenFile: file } }, 'TOKEN_FILE', `${USER}.tokenFile`),
    refused('tokenFile beside a token', { user: { tokenFile: file } }, 'TOKEN_FILE', `${USER}.tokenFile`),
    refused(
      'CA by path',
      { cluster: { 'certificate-authority': file } },
      'CA_FILE',
      `${CLUSTER}.certificate-authority`,
    ),
    refused(
      'CA by path beside its data',
      { cluster: { 'certificate-authority': file, 'certificate-authority-data': pem } },
      'CA_FILE',
      `${CLUSTER}.certificate-authority`,
    ),
    refused(
      'certificate by path',
      { user: { 'client-certificate': file } },
      'CLIENT_CERTIFICATE_FILE',
      `${USER}.client-certificate`,
    ),
    refused(
      'certificate by path beside its data',
      { user: { 'client-certificate': file, 'client-certificate-data': pem } },
      'CLIENT_CERTIFICATE_FILE',
      `${USER}.client-certificate`,
    ),
    refused('key by path', { user: { 'client-key': file } }, 'CLIENT_KEY_FILE', `${USER}.client-key`),
    refused(
      'checks switched off',
      { cluster: { 'insecure-skip-tls-verify': true } },
      'INSECURE_TLS',
      `${CLUSTER}.insecure-skip-tls-verify`,
    ),
    refused(
      'proxy',
      { cluster: { 'proxy-url': 'http://u:canary@127.0.0.1:3128' } },
      'PROXY_URL',
      `${CLUSTER}.proxy-url`,
    ),
    refused('impersonation', { user: { as: 'system:admin' } }, 'IMPERSONATION', `${USER}.as`),
    refused('empty impersonation', { user: { as: '' } }, 'IMPERSONATION', `${USER}.as`),
    refused('empty groups', { user: { 'as-groups': [] } }, 'IMPERSONATION', `${USER}.as-groups`),
    refused(
      'password',
      { user: { token: undefined, username: 'canary', password: 'canary' } },
      'BASIC_AUTH',
      `${USER}.username`,
    ),
  ];
}

function credentials(): HostileKubeconfig[] {
  const [one, other] = [selfSigned('hostile'), selfSigned('hostile')];
  const past = selfSigned('hostile', { validTo: new Date('2021-01-01T00:00:00Z') });
  const future = selfSigned('hostile', { validFrom: new Date('2090-01-01T00:00:00Z') });
  const by = (certificate: string, key: string) =>
    kubeconfigText({
      user: { token: undefined, 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) },
    });
  const code = 'CLIENT_CERTIFICATE_INVALID';
  const broken = `-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----\n`;
  return [
    invalid('another’s key', by(one.certificate, other.privateKey), code, `${USER}.client-key-data`),
    invalid('expired certificate', by(past.certificate, past.privateKey), code, `${USER}.client-certificate-data`),
    invalid(
      'certificate of the future',
      by(future.certificate, future.privateKey),
      code,
      `${USER}.client-certificate-data`,
    ),
    invalid('no certificate', by(broken, one.privateKey), code, `${USER}.client-certificate-data`),
    invalid('certificate without key', by(one.certificate, ''), code, `${USER}.client-key-data`),
    invalid(
      'broken CA',
      kubeconfigText({ cluster: { 'certificate-authority-data': base64(broken) } }),
      'CA_INVALID',
      `${CLUSTER}.certificate-authority-data`,
    ),
    invalid(
      'CR LF in the token',
      kubeconfigText({ user: { token: 'canary\r\nX-Evil: 1' } }),
      'TOKEN_INVALID',
      `${USER}.token`,
    ),
    invalid('NUL in the token', kubeconfigText({ user: { token: 'canary\u0000x' } }), 'TOKEN_INVALID', `${USER}.token`),
    invalid(
      'endless token',
      kubeconfigText({ user: { token: 'canary'.repeat(4_000) } }),
      'TOKEN_INVALID',
      `${USER}.token`,
    ),
    invalid('no credential', kubeconfigText({ user: { token: undefined } }), 'CREDENTIALS_MISSING', USER),
  ];
}

function servers(): HostileKubeconfig[] {
  const server = (text: string, problem: string) =>
    invalid(
      `server ${JSON.stringify(text)}`,
      kubeconfigText({ cluster: { server: text } }),
      problem,
      `${CLUSTER}.server`,
    );
  return [
    server('http://203.0.113.5', 'SERVER_NOT_HTTPS'),
    server('file:///etc/passwd', 'SERVER_INVALID'),
    server('https://canary:canary@203.0.113.5', 'SERVER_INVALID'),
    server('https://203.0.113.5?canary=1', 'SERVER_INVALID'),
    server('https://203.0.113.5#canary', 'SERVER_INVALID'),
    server('https://203.0.113.5\\@127.0.0.1', 'SERVER_INVALID'),
    server('https://203.0.113.5\r\nX: y', 'SERVER_INVALID'),
    server('', 'SERVER_INVALID'),
    invalid(
      'name for TLS with a line break',
      kubeconfigText({ cluster: { 'tls-server-name': 'a\nb' } }),
      'TLS_SERVER_NAME_INVALID',
      `${CLUSTER}.tls-server-name`,
    ),
  ];
}

function contexts(): HostileKubeconfig[] {
  const context = (user: string) => ({ name: 'default', context: { cluster: 'default', user } });
  const user = (token: string) => ({ name: 'default', user: { token } });
  const cluster = (server: string) => ({ name: 'default', cluster: { server } });
  return [
    invalid(
      'two contexts of a name',
      kubeconfigText({ extra: { contexts: [context('default'), context('x')] } }),
      'NAME_AMBIGUOUS',
      'contexts[1].name',
    ),
    invalid(
      'two users of a name',
      kubeconfigText({ extra: { users: [user(CANARY_TOKEN), user('canary-b')] } }),
      'NAME_AMBIGUOUS',
      'users[1].name',
    ),
    invalid(
      'two clusters of a name',
      kubeconfigText({ extra: { clusters: [cluster('https://203.0.113.5'), cluster('https://127.0.0.1')] } }),
      'NAME_AMBIGUOUS',
      'clusters[1].name',
    ),
    invalid(
      'unknown context',
      kubeconfigText({ extra: { 'current-context': 'x' } }),
      'CONTEXT_UNKNOWN',
      'current-context',
    ),
    invalid(
      'namespace with a path',
      kubeconfigText({ context: { namespace: '../x' } }),
      'NAMESPACE_INVALID',
      'contexts[0].context.namespace',
    ),
  ];
}

function documents(): HostileKubeconfig[] {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (const name of 'bcdefghi') {
    const before = String.fromCharCode(name.charCodeAt(0) - 1);
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`);
  }
  const proto = kubeconfigText({}).replace('"contexts"', '"__proto__":{"contexts":[]},"c"');
  return [
    invalid('alias bomb', `${bomb.join('\n')}\n`, 'ALIAS_BOMB'),
    invalid('duplicate keys', 'users: canary\nusers: canary\n', 'DUPLICATE_KEY'),
    invalid('prototype keys', proto, 'NOT_A_KUBECONFIG', 'contexts'),
    invalid('constructor keys', '{"constructor": {"prototype": {"contexts": []}}}', 'NOT_A_KUBECONFIG', 'contexts'),
    invalid('merge keys', 'a: &a {contexts: [x]}\n<<: *a\n', 'NOT_A_KUBECONFIG', 'contexts'),
    invalid('two documents', 'a: 1\n---\nb: 2\n', 'MULTIPLE_DOCUMENTS'),
    invalid('a list', '- canary\n', 'NOT_A_KUBECONFIG'),
    invalid('nothing', ' ', 'NOT_A_KUBECONFIG'),
    invalid('a tag that makes objects', '!!js/function "canary"', 'NOT_A_KUBECONFIG'),
    invalid('nesting', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'TOO_DEEP'),
    invalid('more than 256 KiB', `# ${'canary '.repeat(38_000)}`, 'TOO_LARGE'),
  ];
}
