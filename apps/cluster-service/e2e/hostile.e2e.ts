import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type DomainError } from '@ushadow/contracts';
import { natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import { createServer, type Server } from 'node:net';
import { base64, kubeconfigText, type KubeconfigParts } from './kubeconfig-text.ts';
import { openCaller, type Caller } from './open-caller.ts';

const rejected = (call: Promise<unknown>): Promise<DomainError> =>
  call.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: DomainError) => error,
  );

/** B9: every hostile kubeconfig is refused with its own code and a remedy, before anything is contacted or stored. */
describe('hostile kubeconfigs', () => {
  let system: RunningSystem;
  let database: TestDatabase;
  let caller: Caller;
  let canary: Server;
  let connections = 0;
  let port = 0;

  beforeAll(async () => {
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    const env = { 'cluster-service': { ALLOW_PRIVATE_CLUSTERS: 'false', STATUS_INTERVAL_SECONDS: '0' } };
    system = await startServices({ database, natsUrl, composeDirectory: '/x', only: ['cluster-service'], env });
    caller = await openCaller(natsUrl);
    canary = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    port = await new Promise<number>((resolve) => {
      canary.listen(0, '127.0.0.1', () => resolve((canary.address() as { port: number }).port));
    });
  }, 60_000);

  afterAll(async () => {
    canary?.close();
    await caller?.close();
    await system?.stop();
    await database?.drop();
  }, 60_000);

  const register = (text: string, more: object = {}) =>
    rejected(
      caller.rpc.call(operations.registerCluster, {
        name: 'hostile',
        kubeconfig: base64(text),
        allow_unreachable: true,
        ...more,
      }),
    );

  it.each<[string, KubeconfigParts, string]>([
    ['an exec plugin', { user: { exec: { command: '/bin/touch', args: ['/tmp/owned'] } } }, 'EXEC_PLUGIN'],
    ['an exec plugin without arguments', { user: { exec: { command: 'id' } } }, 'EXEC_PLUGIN'],
    [
      'a gcp auth provider',
      { user: { 'auth-provider': { name: 'gcp', config: { 'cmd-path': 'id' } } } },
      'AUTH_PROVIDER',
    ],
    ['an oidc auth provider', { user: { 'auth-provider': { name: 'oidc', config: {} } } }, 'AUTH_PROVIDER'],
    ['a token file', { user: { tokenFile: '/etc/passwd' } }, 'TOKEN_FILE'],
    ['a CA by path', { cluster: { 'certificate-authority': '/etc/passwd' } }, 'CA_FILE'],
    [
      'a CA by path beside its data',
      { cluster: { 'certificate-authority': '/etc/passwd', 'certificate-authority-data': 'LS0t' } },
      'CA_FILE',
    ],
    ['a client certificate by path', { user: { 'client-certificate': '/etc/passwd' } }, 'CLIENT_CERTIFICATE_FILE'],
    ['a client key by path', { user: { 'client-key': '/etc/passwd' } }, 'CLIENT_KEY_FILE'],
    ['switched-off certificate checks', { cluster: { 'insecure-skip-tls-verify': true } }, 'INSECURE_TLS'],
    ['a proxy', { cluster: { 'proxy-url': 'http://127.0.0.1:3128' } }, 'PROXY_URL'],
    ['impersonation', { user: { as: 'system:admin' } }, 'IMPERSONATION'],
    ['empty impersonation', { user: { as: '' } }, 'IMPERSONATION'],
  ])('refuses %s', async (_case, parts, code) => {
    const error = await register(kubeconfigText(parts));
    expect(error).toMatchObject({ code: 'KUBECONFIG_REFUSED', kind: 'invalid' });
    const { problems } = error.details as { problems: { code: string; path: string; remedy: string }[] };
    expect(problems.map((problem) => problem.code)).toContain(code);
    for (const problem of problems) expect(problem.remedy).not.toBe('');
  });

  it.each<[string, string]>([
    ['plain http', 'http://203.0.113.5'],
    ['a user in the server', 'https://u:p@203.0.113.5'],
    ['a query in the server', 'https://203.0.113.5?x=1'],
    ['a fragment in the server', 'https://203.0.113.5#x'],
    ['no server at all', ''],
  ])('calls %s invalid', async (_case, server) => {
    expect(await register(kubeconfigText({ cluster: { server } }))).toMatchObject({ code: 'KUBECONFIG_INVALID' });
  });

  it.each<[string, string]>([
    ['a token with a line break', kubeconfigText({ user: { token: 'a\r\nX-Evil: 1' } })],
    [
      'a prototype key',
      kubeconfigText({}).replace('"clusters"', '"__proto__":{"x":1},"clusters"').replace('"contexts"', '"c"'),
    ],
    ['duplicate keys', 'a: 1\na: 2\n'],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array(9)
              .fill(`*${'abcdefgh'[index] ?? ''}`)
              .join(',')}]`,
        )
        .join('\n')}\n`,
    ],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['a list', '- a\n'],
    ['nothing', ' '],
    ['200 levels of nesting', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['too many bytes', `# ${'x'.repeat(300 * 1024)}`],
  ])('calls %s invalid', async (_case, text) => {
    expect(await register(text)).toMatchObject({ code: 'KUBECONFIG_INVALID', kind: 'invalid' });
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    'LOCALHOST',
    'localhost.',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '0.0.0.0',
    '169.254.169.254',
    '[fe80::1]',
  ])('does not connect to %s', async (host) => {
    const server = `https://${host}:${port}`;
    const error = await register(kubeconfigText({ cluster: { server } }));
    expect(['ADDRESS_FORBIDDEN', 'KUBECONFIG_INVALID']).toContain(error.code);
    expect(connections).toBe(0);
  });

  it('does not let a bad context hide behind a good one', async () => {
    const extra = {
      contexts: [
        { name: 'default', context: { cluster: 'default', user: 'default' } },
        { name: 'default', context: { cluster: 'default', user: 'missing' } },
      ],
    };
    const error = await register(kubeconfigText({ extra }));
    expect(['KUBECONFIG_INVALID', 'ADDRESS_FORBIDDEN']).toContain(error.code);
  });

  it('is alive after all of it, has stored nothing, connected nowhere and logged no value', async () => {
    expect(await caller.rpc.call(operations.listClusters, {})).toEqual([]);
    expect(connections).toBe(0);
    expect(system.processes('cluster-service')).toHaveLength(1);
    for (const text of ['canary-token', '/etc/passwd', 'X-Evil']) expect(system.logs()).not.toContain(text);
  });
});
