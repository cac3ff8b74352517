import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  DomainError,
  type StackEventData,
  type StackMetricsData,
  type TreeNodeData,
  clusterTarget,
} from '@ushadow/contracts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runUshadow, type Ran } from '../testing/run-ushadow.ts';
import { cluster, clusterId, stackId, summary } from '../testing/samples.ts';
import { StandInGateway } from '../testing/stand-in-gateway.ts';

const at = '2026-01-01T00:00:00.000Z';
const counts = { pods: 1, pods_ready: 0, restarts: 7 };
const object = { created_at: at, services: [] };
const nodes: TreeNodeData[] = [
  {
    type: 'service',
    id: 'service:web',
    parent: null,
    name: 'web',
    health: 'failed',
    message: 'CrashLoopBackOff',
    ...counts,
  },
  {
    ...{ type: 'workload', id: 'Deployment/shop/web', parent: 'service:web', name: 'web', kind: 'Deployment' },
    ...{ health: 'failed', message: '', wanted: 1, former: 2, schedule: null, ...object, ...counts },
  },
  {
    ...{
      type: 'pod',
      id: 'Pod/shop/web-a',
      parent: 'Deployment/shop/web',
      name: 'web-a',
      kind: 'Pod',
      phase: 'Running',
    },
    ...{
      health: 'failed',
      message: 'bad\u001b[2J',
      node: 'node1',
      ip: null,
      restarts: 7,
      containers: 2,
      containers_ready: 1,
    },
    ...{ claims: [], ...object },
  },
  container('web', {
    health: 'failed',
    restarts: 7,
    last_exit: { code: 137, signal: 'SIGKILL', reason: 'OOMKilled', message: '', at },
  }),
  container('side', {}),
];

function container(name: string, parts: Partial<Extract<TreeNodeData, { type: 'container' }>>): TreeNodeData {
  return {
    ...{
      type: 'container',
      id: `Pod/shop/web-a#${name}`,
      parent: 'Pod/shop/web-a',
      name,
      health: 'ready',
      message: '',
    },
    ...{ role: 'main', image: `${name}:1`, digest: null, state: 'running', since: at, restarts: 0, last_exit: null },
    ...parts,
  };
}

const tree = { stack_id: stackId, target: clusterTarget(clusterId), namespace: 'shop', project: 'shop', at, nodes };

describe('commands that look at what is live', () => {
  let folder: string;
  let gateway: StandInGateway;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ushadow-live-'));
    writeFileSync(join(folder, 'compose.yaml'), 'name: shop\nservices:\n  web: {image: nginx}\n');
    gateway = new StandInGateway();
    await gateway.start();
    gateway.answer('listClusters', [cluster]).answer('listStacks', { stacks: [summary()], next_cursor: null });
  });

  afterEach(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ushadow = (...args: string[]): Promise<Ran> =>
    runUshadow(args, { workingDirectory: folder, environment: { USHADOW_API: gateway.url } });

  it('get prints the tree, with restarts and last exits, and what cannot be seen', async () => {
    gateway.answer('getStackTree', { ...tree, unseen: [{ kind: 'Event', message: 'forbidden' }] });
    const { code, out } = await ushadow('get');
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
      'service web  failed  0/1 pods  7 restarts  CrashLoopBackOff',
      '  Deployment web  failed  0/1 pods  7 restarts',
      expect.stringMatching(/^ {4}Pod web-a {2}failed {2}1\/2 {2}7 restarts {2}on node1 {2}\d+ d {2}bad�\[2J$/),
      expect.stringMatching(
        /^ {6}container web {2}failed {2}web:1 {2}7 restarts {2}last exit 137 \(SIGKILL\) OOMKilled, \d+ d ago$/,
      ),
      'Event cannot be seen: forbidden',
      '',
    ]);
    expect((await ushadow('get', '--all')).out).toContain('container side');
    expect(JSON.parse((await ushadow('get', '--json')).out)).toMatchObject({
      nodes: expect.arrayContaining([nodes[0]]),
    });
  });

  it('get KIND/NAME prints one object, as YAML or JSON', async () => {
    const live = {
      id: 'Deployment/shop/web',
      yaml: 'kind: Deployment\n',
      object: { kind: 'Deployment' },
      managers: [],
      keys: [],
    };
    gateway.answer('getLiveObject', live);
    expect((await ushadow('get', 'deploy/web', '-o', 'yaml')).out).toBe('kind: Deployment\n');
    expect(JSON.parse((await ushadow('get', 'deploy/web', '-o', 'json')).out)).toEqual({ kind: 'Deployment' });
    expect(gateway.askedFor('getLiveObject')[0]).toEqual({ stack_id: stackId, kind: 'deploy', name: 'web' });
    expect((await ushadow('get', 'web')).code).toBe(2);
    expect((await ushadow('get', 'deploy/web', '-o', 'xml')).code).toBe(2);
  });

  it('events prints what is said, the newest last', async () => {
    const said = (reason: string, count: number): StackEventData => ({
      ...{
        type: 'Warning',
        reason,
        message: 'no\nimage',
        object: 'Pod/shop/web-a',
        container: 'web',
        count,
        first: at,
        last: at,
      },
    });
    gateway.answer('listStackEvents', { events: [said('Failed', 3), said('Pulling', 1)], unseen: [] });
    const { out } = await ushadow('events', 'web', '--limit', '9');
    expect(out.split('\n')).toEqual([
      '2026-01-01T00:00:00  Pod/web-a (web)  Pulling  no image',
      '2026-01-01T00:00:00  Pod/web-a (web)  Failed  no image (3 times)',
      '',
    ]);
    expect(gateway.askedFor('listStackEvents')).toEqual([{ stack_id: stackId, service: 'web', limit: '9' }]);
  });

  it('events -f goes on when the gateway is away for a moment, and prints what comes once', async () => {
    const said = (reason: string): StackEventData => ({
      ...{ type: 'Normal', reason, message: 'm', object: 'Pod/shop/web-a', container: null },
      ...{ count: 1, first: at, last: at },
    });
    const answers = [['One'], undefined, ['Two', 'One'], ['Three', 'Two']];
    let turn = 0;
    gateway.answer('listStackEvents', () => {
      const reasons = answers[turn++];
      if (reasons !== undefined) return { events: reasons.map(said), unseen: [] };
      if (turn > answers.length) throw new DomainError('STACK_NOT_FOUND', 'not-found', 'It was removed.');
      throw new DomainError('SERVICE_UNAVAILABLE', 'unavailable', 'It is restarting.');
    });
    const { code, out, error } = await ushadow('events', '-f');
    expect(code).toBe(1);
    expect(out.match(/One|Two|Three/g)).toEqual(['One', 'Two', 'Three']);
    expect(error).toContain('It is restarting. Trying again.\n');
  }, 30_000);

  it('top prints what pods use against what they may, or says why nothing is known', async () => {
    const usage = { cpu_millicores: 12.4, memory_bytes: 40 * 1024 * 1024 };
    const metrics: StackMetricsData = {
      available: true,
      message: '',
      at,
      pods: [
        {
          ...{
            pod: 'web-a',
            service: 'web',
            node: 'node1',
            ...usage,
            cpu_request_millicores: 100,
            cpu_limit_millicores: null,
          },
          ...{ memory_request_bytes: 64 * 1024 * 1024, memory_limit_bytes: 1024 ** 3, containers: [] },
        },
      ],
      nodes: [],
      claims: [],
      notes: [],
      history: [],
    };
    gateway.answer('getStackMetrics', metrics);
    expect((await ushadow('top')).out.split('\n')[1]).toMatch(/^web-a {2}web +12m +100m +- +40Mi +64Mi +1\.0Gi$/);
    gateway.answer('getStackMetrics', {
      ...metrics,
      available: false,
      message: 'no metrics-server',
      pods: [],
      at: null,
    });
    const none = await ushadow('top');
    expect([none.code, none.error]).toEqual([1, expect.stringContaining('no metrics-server')]);
  });
});
