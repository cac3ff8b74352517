import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type DomainError } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import { natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostileKubeconfigs, type HostileKubeconfig } from './hostile-kubeconfigs.ts';
import { base64, kubeconfigText } from './kubeconfig-text.ts';

const FILE_CANARY = 'canary-of-a-local-file';
const traps = {
  touched: join(tmpdir(), `ushadow-owned-${process.pid}`),
  file: join(tmpdir(), `ushadow-file-${process.pid}`),
};
const corpus = hostileKubeconfigs(traps);
const rejected = (call: Promise<unknown>): Promise<DomainError> =>
  call.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: DomainError) => error,
  );

interface Problem {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
  readonly line?: number;
  readonly column?: number;
}

const codesOf = (error: DomainError) => (error.details as { problems: Problem[] }).problems.map(({ code }) => code);

/** B9, M13: every hostile kubeconfig is refused with its own code and a remedy, before anything is contacted or stored. */
describe('hostile kubeconfigs', () => {
  let system: RunningSystem;
  let database: TestDatabase;
  let caller: Caller;
  let canary: Server;
  let connections = 0;
  let port = 0;
  let scratch: string;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'hostile-'));
    await writeFile(traps.file, FILE_CANARY);
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    const env = { 'cluster-service': { ALLOW_PRIVATE_CLUSTERS: 'false', STATUS_INTERVAL_SECONDS: '0' } };
    const only = ['cluster-service', 'gateway'] as const;
    system = await startServices({ database, natsUrl, composeDirectory: '/x', only, env });
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
    await rm(traps.file, { force: true });
    await rm(traps.touched, { force: true });
    if (scratch) await rm(scratch, { recursive: true });
  }, 60_000);

  const register = (kubeconfig: string) =>
    caller.rpc.call(operations.registerCluster, { name: 'hostile', kubeconfig, allow_unreachable: true });
  /** One refusal, the same by every way in. */
  const refusalOf = async (text: string): Promise<DomainError> => {
    const kubeconfig = base64(text);
    const cluster_id = '0'.repeat(16);
    const refusals = await Promise.all([
      rejected(register(kubeconfig)),
      rejected(caller.rpc.call(operations.inspectKubeconfig, { kubeconfig })),
      rejected(caller.rpc.call(operations.replaceCredential, { cluster_id, kubeconfig })),
    ]);
    const [first, ...others] = refusals;
    for (const other of others) {
      expect(other.code).toBe(first?.code);
      expect(codesOf(other)).toEqual(codesOf(first as DomainError));
    }
    return first as DomainError;
  };

  it.each(corpus.map((each): [string, HostileKubeconfig] => [each.name, each]))('refuses: %s', async (_name, each) => {
    const error = await refusalOf(each.text);
    expect(error).toMatchObject({ code: each.verdict, kind: 'invalid' });
    const { problems } = error.details as { problems: Problem[] };
    expect(problems).toMatchObject([{ code: each.problem, path: each.path }]);
    const [problem] = problems as [Problem];
    expect(problem.remedy).not.toBe('');
    expect(error.message).toContain(problem.message);
    expect(error.message).toContain(problem.remedy);
    // What is missing stands nowhere; everything else is shown with its place.
    if (each.path !== '' && each.path !== 'contexts') {
      expect(error.message).toContain(`line ${String(problem.line)}, column ${String(problem.column)}`);
      expect(problem.line).toBeGreaterThan(0);
    }
    expect(JSON.stringify(error.toEnvelope())).not.toMatch(/canary|passwd|ushadow-owned|X-Evil/);
  });

  it('has a code of its own for each kind of mischief', () => {
    expect(new Set(corpus.map(({ problem }) => problem)).size).toBeGreaterThanOrEqual(24);
  });

  it('reports every problem of the chosen context at once', async () => {
    const cluster = { server: 'http://203.0.113.5', 'proxy-url': 'http://x', 'insecure-skip-tls-verify': true };
    const error = await refusalOf(kubeconfigText({ cluster, user: { exec: { command: 'x' }, as: '' } }));
    expect(codesOf(error).sort()).toEqual([
      'EXEC_PLUGIN',
      'IMPERSONATION',
      'INSECURE_TLS',
      'PROXY_URL',
      'SERVER_NOT_HTTPS',
    ]);
  });

  it('an exec plugin is answered with another way in', async () => {
    const error = await refusalOf(kubeconfigText({ user: { token: undefined, exec: { command: 'x' } } }));
    expect(error.message).toMatch(/paste a token instead: `kubectl create serviceaccount/);
  });

  it.each<[string, Buffer | string, string]>([
    ['no base64', '%%%', 'NOT_BASE64'],
    ['base64 with a stray character', `${base64('a: 1')}*`, 'NOT_BASE64'],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x41]), 'NOT_UTF8'],
  ])('M14: tells %s apart', async (_name, bytes, code) => {
    const kubeconfig = typeof bytes === 'string' ? bytes : bytes.toString('base64');
    const error = await rejected(register(kubeconfig));
    expect(error).toMatchObject({ code: 'KUBECONFIG_INVALID', details: { problems: [{ code }] } });
  });

  it('refuses 700 KB at the service and 10 MB at the edge, saying what to send instead', async () => {
    const error = await rejected(register(base64('x'.repeat(525_000))));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(/at most 256 KiB; send one/) });
    const body = JSON.stringify({ name: 'x', kubeconfig: base64('x'.repeat(7_500_000)) });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${system.gatewayUrl}/api/kubernetes/clusters`, { method: 'POST', headers, body });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('T13: answers 422 for what was sent wrongly, with the code that says what', async () => {
    const ask = async (body: object) => {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      const answer = await fetch(`${system.gatewayUrl}/api/kubernetes/clusters`, init);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    const exec = base64(kubeconfigText({ user: { exec: { command: 'x' } } }));
    expect(await ask({ name: 'x' })).toEqual([422, 'INVALID_INPUT']);
    expect(await ask({ name: 'x', kubeconfig: '%' })).toEqual([422, 'KUBECONFIG_INVALID']);
    expect(await ask({ name: 'x', kubeconfig: exec })).toEqual([422, 'KUBECONFIG_REFUSED']);
    expect(await ask({ name: 'x', kubeconfig: base64(kubeconfigText({})) })).toEqual([422, 'ADDRESS_FORBIDDEN']);
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '127.0.0.1.',
    '2130706433',
    '0x7f000001',
    '0X7F.1',
    '0177.0.0.1',
    '017700000001',
    'localhost',
    'LOCALHOST',
    'LocalHost.',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::FFFF:7F00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '0.0.0.0',
    '0',
    '[::]',
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '0251.0376.0251.0376',
    '[::ffff:169.254.169.254]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:a9fe:a9fe::]',
    '100.100.100.200',
    '168.63.129.16',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '224.0.0.1',
    '[ff02::1]',
    '255.255.255.255',
  ])('does not connect to %s', async (host) => {
    const kubeconfig = base64(kubeconfigText({ cluster: { server: `https://${host}:${String(port)}` } }));
    const error = await rejected(register(kubeconfig));
    expect(error).toMatchObject({ code: 'ADDRESS_FORBIDDEN', kind: 'invalid', details: { field: 'server' } });
    expect(error.message).toMatch(/address is refused: it is /);
    expect(connections).toBe(0);
  });

  it('is alive after all of it, has stored nothing, connected nowhere, run nothing, read nothing, logged no value', async () => {
    expect(await caller.rpc.call(operations.listClusters, {})).toEqual([]);
    expect(connections).toBe(0);
    expect(existsSync(traps.touched)).toBe(false);
    expect(system.processes('cluster-service')).toHaveLength(1);
    expect(system.logs()).not.toMatch(/canary|X-Evil/);
  });
});
