import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError, type DriftData } from '@ushadow/contracts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from './commands.ts';
import { runUshadow, type Ran } from './testing/run-ushadow.ts';
import {
  cluster,
  deployment,
  deploymentId,
  event,
  plan,
  planId,
  stack,
  stackId,
  succeeded,
  summary,
} from './testing/samples.ts';
import { StandInGateway } from './testing/stand-in-gateway.ts';

const at = '2026-01-01T00:00:00.000Z';
const counts = { added: 0, removed: 0, changed: 0, unchanged: 0, unknown: 0 };

/**
 * A call of each command, behind its name: what standard output has with `--json`. `value`: one JSON value; `lines`: one a
 * line; `nothing`: it needs a stream of bytes, of which the gateway here has none.
 */
const calls: Readonly<Record<string, readonly ['value' | 'lines' | 'nothing', ...string[]][]>> = {
  up: [['lines'], ['value', '--detach'], ['value', '--plan'], ['lines', '--apply', planId]],
  down: [['lines'], ['value', '--detach']],
  ps: [['value'], ['value', 'web']],
  ls: [['value']],
  get: [['value'], ['value', 'deploy/web']],
  events: [['lines']],
  top: [['value']],
  logs: [['lines']],
  plan: [['value'], ['value', '--again', planId]],
  variables: [['value'], ['value', '--env']],
  templates: [['value']],
  exec: [['nothing', 'web', 'sh']],
  cp: [['nothing', 'web:/etc', '.']],
  'port-forward': [['nothing', 'web', ':80']],
  open: [['nothing', 'web']],
  history: [['value']],
  rollback: [
    ['value', '--plan'],
    ['lines', '--yes'],
    ['value', '--yes', '--detach'],
  ],
  drift: [['value'], ['value', '--last'], ['value', '--repair', '--plan'], ['lines', '--repair', '--yes']],
  update: [
    ['value', '--check'],
    ['value'],
    ['lines', '--image', 'web=nginx:2', '--yes'],
    ['value', '--image', 'web=nginx:2', '--check'],
  ],
  run: [
    ['lines', 'web'],
    ['value', '--detach', 'web', 'ls', '-l'],
  ],
  probe: [
    ['value', 'web', 'off', '--plan'],
    ['lines', 'web', 'off', '--yes'],
  ],
  'pull-secret': [
    ['value', '--plan'],
    ['lines', '--yes'],
  ],
  diff: [['value']],
  tag: [
    ['value', '3', 'good'],
    ['value', '--delete', 'good'],
  ],
  manifests: [['value'], ['value', '-o', 'manifests']],
  restart: [['lines'], ['lines', 'web', 'db'], ['value', '--detach']],
  scale: [
    ['lines', 'web=2'],
    ['value', 'web=2', '--detach'],
  ],
  stop: [['value']],
  start: [['lines', 'web']],
  status: [['value'], ['value', deploymentId], ['lines', deploymentId, '--wait']],
  cancel: [
    ['value', deploymentId],
    ['lines', deploymentId, '--wait'],
  ],
  notifications: [['value'], ['value', 'log']],
  hook: [['value']],
  token: [['value'], ['value', 'create', 'ci', '--role', 'deployer']],
  grant: [['value'], ['value', 'give', 'ci', 'deployer']],
  audit: [['value'], ['value', 'verify']],
  check: [['value'], ['value', '-f', 'bad.yaml']],
  config: [['value'], ['value', '--services'], ['value', '--variables'], ['value', '-o', 'canonical.json']],
  compile: [['value'], ['value', '-o', 'objects'], ['value', '-f', 'bad.yaml']],
  explain: [['value', 'web.image']],
  completion: [
    ['value', 'bash'],
    ['value', 'words', '--', 'p'],
  ],
};

describe('every command', () => {
  let folder: string;
  let gateway: StandInGateway;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ushadow-every-'));
    writeFileSync(join(folder, 'compose.yaml'), 'name: shop\nservices:\n  web: {image: nginx}\n  db: {image: redis}\n');
    writeFileSync(join(folder, 'bad.yaml'), 'services:\n  web: {imge: nginx}\n');
    gateway = new StandInGateway();
    await gateway.start();
    const place = { stack_id: stackId, project: 'shop', namespace: 'shop' };
    const drift: DriftData = {
      ...{ stack_id: stackId, state: 'none', revision: 3, checked_at: at, since: null, checked: 7, count: 0 },
      ...{ objects: [], unseen: [] },
    };
    const side = { revision: 3, tags: [], content_digest: null };
    gateway
      .answer('listClusters', [cluster])
      .answer('listStacks', { stacks: [summary()], next_cursor: null })
      .answer('getStack', stack())
      .answer('uploadProject', ({ name }) => ({
        ...{ name, files: [], digest: 'd', services: [], diagnostics: [], set_aside: null, goes_at: null },
        ...{ uploaded_at: at, uploaded_by: 'operator' },
      }))
      .answer('projectVariables', { variables: [], unresolved: [], problems: [] })
      .answer('planStack', plan())
      .answer('planAgain', plan())
      .answer('planChange', plan())
      .answer('planRollback', plan())
      .answer('getPlan', plan())
      .answer('deployStack', { ...deployment(), diagnostics: [] })
      .answer('changeStack', ({ change }) => {
        if (change?.kind === 'stop') throw new DomainError('NOT_SCALABLE', 'conflict', 'All of it is stopped.');
        return deployment();
      })
      .answer('rollbackStack', deployment())
      .answer('removeStack', deployment())
      .answer('restartService', deployment())
      .answer('scaleService', deployment())
      .answer('startService', deployment())
      .answer('runJob', deployment())
      .answer('cancelDeployment', deployment())
      .answer('getDeployment', succeeded)
      .answer('listDeployments', { deployments: [succeeded], next_cursor: null })
      .answer('getStackTree', { ...tree, unseen: [] })
      .answer('getLiveObject', { id: 'Deployment/shop/web', yaml: 'a: 1\n', object: { a: 1 }, managers: [], keys: [] })
      .answer('listStackEvents', { events: [], unseen: [] })
      .answer('getStackMetrics', {
        ...{ available: false, message: 'no metrics', at: null },
        ...{ pods: [], nodes: [], claims: [], notes: [], history: [] },
      })
      .answer('listTemplates', { templates: [], next_cursor: null, found: 0, checked: 0, total: 0, problems: ['none'] })
      .answer('getHistory', { ...place, revisions: [] })
      .answer('checkDrift', drift)
      .answer('getDrift', drift)
      .answer('checkImages', { images: [] })
      .answer('diffRevisions', { ...place, from: side, to: side, counts, objects: [], next_cursor: null })
      .answer('tagRevision', { stack_id: stackId, tag: 'good', revision: 3, moved_from: null })
      .answer('untagRevision', { stack_id: stackId, tag: 'good', revision: 3 })
      .answer('listManifests', { stack_id: stackId, revision: 3, content_digest: null, files: [] })
      .answer('listChannels', { channels: [] })
      .answer('listDeliveries', { deliveries: [], next_cursor: null })
      .answer('listHooks', { hooks: [] })
      .answer('listTokens', { tokens: [] })
      .answer('createToken', {
        ...{ token_id: stackId, user: 'ci', name: 'ci', shown: 'abcdef', limits: null },
        ...{ created_at: '2026-01-01T00:00:00.000Z', expires_at: null, used_at: null },
      })
      .answer('listUsers', { users: [] })
      .answer('giveGrant', {
        ...{ grant_id: stackId, user: 'ci', role: 'deployer', cluster: '*', namespaces: '*', projects: '*' },
        ...{ given_at: '2026-01-01T00:00:00.000Z', given_by: 'operator' },
      })
      .answer('listAudit', { entries: [], next_before: 'next', unanswered: ['scanner'] })
      .answer('verifyAudit', { intact: true, entries: 0, trails: [] })
      .stream([event('stage.started', 'Applying', {})], succeeded)
      .logs('event: end\ndata: {}\n\n');
  });

  afterAll(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ushadow = (args: readonly string[]): Promise<Ran> =>
    runUshadow(args, { workingDirectory: folder, environment: { USHADOW_API: gateway.url } });
  const failureIn = (error: string): unknown => JSON.parse(error.trimEnd().split('\n').at(-1) ?? '');
  const inOrder = Object.entries(calls).flatMap(([name, all]) =>
    all.map(([kind, ...args]) => ({ name, kind, args, line: [name, ...args].join(' ') })),
  );

  it('is called here', () => {
    expect(Object.keys(calls).sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  it.each(commands)('$name takes --json, and says so', async ({ load }) => {
    const { options, usage } = await load();
    expect(options['json']).toEqual({ type: 'boolean' });
    expect(usage).toContain('--json ');
  });

  it.each(inOrder)('$line --json prints JSON alone', async ({ name, kind, args }) => {
    const { code, out, error } = await ushadow([name, '--json', ...args]);
    if (kind === 'nothing') {
      expect(out).toBe('');
      expect(code).toBeGreaterThan(0);
      expect(failureIn(error)).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
      return;
    }
    expect(error).not.toContain('{"error":');
    expect(code).toBeLessThan(2);
    const values = kind === 'value' ? [out] : out.split('\n').slice(0, -1);
    for (const value of values) expect(() => JSON.parse(value) as unknown).not.toThrow();
    if (kind === 'value') expect(out).toMatch(/\n$/);
  });

  it.each(commands)('$name --json says as JSON that it was called wrongly', async ({ name }) => {
    const { code, out, error } = await ushadow([name, '--json', '--no-such-option']);
    expect([code, out]).toEqual([2, '']);
    expect(JSON.parse(error)).toEqual({ error: { code: 'USAGE', message: expect.any(String) } });
  });

  it.each(inOrder)('$line --json says as JSON that the gateway is away', async ({ name, args }) => {
    const { options } = (await commands.find((each) => each.name === name)?.load()) ?? {};
    if (options?.['api'] === undefined) return;
    const { code, out, error } = await ushadow([name, '--json', '--api', 'http://127.0.0.1:1', ...args]);
    expect(out).toBe('');
    // Without streams of its own exec has nothing to pass on, whoever answers.
    if (name === 'exec') return;
    expect(failureIn(error)).toMatchObject({ error: { code: 'GATEWAY_UNREACHABLE', kind: 'unavailable' } });
    expect(code).toBe(5);
  });

  it('says in words what the files have wrong where there is no --json, and as data where there is', async () => {
    expect((await ushadow(['config', '-f', 'bad.yaml'])).error).toMatch(
      /CPS0401[^]*\n2 errors; nothing is printed\.\n$/,
    );
    const { out, error } = await ushadow(['config', '-f', 'bad.yaml', '--json']);
    expect(out).toBe('');
    expect(failureIn(error)).toMatchObject({
      error: {
        code: 'REFUSED',
        details: { diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'CPS0401' })]) },
      },
    });
  });
});

const tree = { stack_id: stackId, target: summary().target, namespace: 'shop', project: 'shop', at, nodes: [] };
