import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  byteStreams,
  followEvents,
  followLogs,
  followPorts,
  KeptTree,
  type LogNoticeData,
  type TreeNodeData,
} from '@ushadow/contracts';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ShellProcess } from './node/support/shell-process.ts';
import { until } from './faults/support/until.ts';
import { toBase64 } from './support/gateway.ts';
import { PlayedKubelet } from './support/played-kubelet.ts';
import { deployStack, pathOf, startSystem, type TestSystem } from './support/system.ts';

const NODE = 'sandbox-2';
const FOREIGN = 'theirs';
const SOON_MS = 20_000;
const PLACED = `deploy: { placement: { constraints: ['node.hostname == ${NODE}'] } }`;
const compose = `
services:
  web: { image: 'nginx:1.27', ports: ['8080:80'], ${PLACED} }
  worker: { image: 'busybox:1.36', command: ['sh', '-c', 'work'], ${PLACED} }
`;

interface Pod {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** One who looks at a tree and comes again, as the page does. */
class TreeViewer {
  tree = new KeptTree();
  snapshots = 0;
  losses = 0;
  readonly stop: () => void;

  constructor(gatewayUrl: string, stackId: string) {
    const path = byteStreams.followStackTree.path.replace(':stack_id', stackId);
    this.stop = followEvents(
      {
        url: `${gatewayUrl}${path}`,
        lastEventId: () => undefined,
        take: ({ event, data }) => {
          if (event === 'snapshot') this.snapshots += 1;
          this.tree = this.tree.after(event, JSON.parse(data));
          return false;
        },
        onLost: () => (this.losses += 1),
        onRefused: (error) => {
          throw error;
        },
      },
      followPorts(gatewayUrl, globalThis),
    );
  }
}

describe('streams to the pods of a stack', () => {
  let test: TestSystem;
  let kubelet: PlayedKubelet;
  let stackId = '';
  let folder = '';
  let web = '';
  let echo: Server;
  const shells: ShellProcess[] = [];
  const stops: (() => void)[] = [];

  const start = (...args: readonly string[]): ShellProcess => {
    const [command = '', ...rest] = args;
    const shell = new ShellProcess(test.system.gatewayUrl, [command, '-p', 'pair', ...rest], { cwd: folder });
    shells.push(shell);
    return shell;
  };
  const run = (...args: readonly string[]) => start(...args).finish();
  const podsNamed = async (name: string): Promise<readonly Pod[]> => {
    const selector = encodeURIComponent(`app.kubernetes.io/name=${name}`);
    const { body } = await test.cluster.api.get(
      `/api/v1/namespaces/${test.namespace.name}/pods?labelSelector=${selector}`,
    );
    return (body as { items: Pod[] }).items;
  };
  const tree = async (): Promise<readonly TreeNodeData[]> => {
    const { nodes } = await test.client.getStackTree({ stack_id: stackId });
    return [...nodes].sort((one, other) => (one.id < other.id ? -1 : 1));
  };
  const ready = (pod: Pod): boolean =>
    pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ushadow-streams-'));
    test = await startSystem(import.meta.url, 'pod-streams');
    kubelet = await PlayedKubelet.start(test.cluster, NODE);
    await test.client.uploadProject({
      name: 'pair',
      files: [{ path: 'compose.yaml', content: toBase64(compose) }],
    });
    const { deployment } = await deployStack(test, 'pair');
    expect(deployment.status).toBe('succeeded');
    stackId = deployment.stack_id;
    echo = createServer((socket) => void socket.on('error', () => undefined).pipe(socket));
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    kubelet.streams.ports.set(80, (echo.address() as AddressInfo).port);
    [web = ''] = (await podsNamed('web')).map(({ metadata }) => metadata.name);
  }, 180_000);

  afterEach(async () => {
    for (const stop of stops.splice(0)) stop();
    for (const shell of shells.splice(0)) shell.child.kill('SIGKILL');
    await until('everything closed', () => kubelet.streams.open === 0, SOON_MS);
  });

  afterAll(async () => {
    await kubelet?.stop();
    echo?.close();
    await test?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('give the exit code of a command, its output and its errors, and pass what is typed', async () => {
    const shell = start('exec', '-T', 'web', 'sh', '-c', 'cat; echo wrong >&2; exit 7');
    shell.type('typed\n');
    expect(await shell.finish()).toEqual({ code: 7, out: 'typed\n', error: 'wrong\n' });
    expect(kubelet.streams.executed.at(-1)).toMatchObject({ pod: web, container: 'web' });
  });

  it('copy a file in and out', async () => {
    writeFileSync(join(folder, 'in.txt'), 'content');
    expect(await run('cp', 'in.txt', `web:${folder}/inside.txt`)).toMatchObject({ code: 0, error: '' });
    expect(await run('cp', `web:${folder}/inside.txt`, 'out.txt')).toMatchObject({ code: 0, error: '' });
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).toBe('content');
  });

  describe('where another’s pod has the name of a service', () => {
    beforeAll(async () => {
      const [own] = await podsNamed('web');
      const { 'pod-template-hash': _ours, ...labels } = own?.metadata.labels ?? {};
      const base = `/api/v1/namespaces/${test.namespace.name}/pods`;
      const containers = [{ name: 'web', image: 'theirs:1' }];
      const { status } = await test.cluster.api.post(base, {
        metadata: { name: FOREIGN, labels },
        spec: { nodeName: NODE, containers },
      });
      expect(status).toBe(201);
      // The newest that is ready is whom a shell would choose.
      await until(
        'their pod is ready',
        async () => (await podsNamed('web')).some((pod) => pod.metadata.name === FOREIGN && ready(pod)),
        SOON_MS,
      );
    }, 60_000);
    afterAll(async () => {
      await test.cluster.api.delete(pathOf(test.namespace.name, 'pods', FOREIGN));
    });

    it('read none of its lines, followed or as a file', async () => {
      const seen: string[] = [];
      const notices: LogNoticeData[] = [];
      const pods = new Set<string>();
      const ports = followPorts(test.system.gatewayUrl, globalThis);
      const follow = (wanted: object) =>
        followLogs(
          { stack_id: stackId, ...wanted },
          {
            onLines: (lines) => {
              for (const { text, from } of lines) {
                seen.push(text);
                pods.add(from.pod);
              }
            },
            onNotice: (notice) => void notices.push(notice),
            onEnd: () => undefined,
            onRefused: (error) => {
              throw error;
            },
          },
          ports,
        );
      stops.push(follow({}));
      await until('both containers are read', () => kubelet.followers === 2, SOON_MS);
      kubelet.write(FOREIGN, 'web', 'their line');
      kubelet.write(web, 'web', 'our line');
      await until('our line', () => seen.includes('our line'), SOON_MS);
      const file = await fetch(`${test.system.gatewayUrl}/api/stacks/${stackId}/logs`);
      expect(await file.text()).toBe(`${web} web | our line\n`);
      expect([seen, [...pods]]).toEqual([['our line'], [web]]);
      expect(kubelet.asked.map(({ pod }) => pod)).not.toContain(FOREIGN);

      stops.push(follow({ pod: FOREIGN }));
      await until('a word of it', () => notices.some(({ code }) => code === 'NO_PODS'), SOON_MS);
      expect(kubelet.asked.map(({ pod }) => pod)).not.toContain(FOREIGN);
    }, 60_000);

    it('run nothing in it, copy nothing, and lead to none of its ports', async () => {
      const before = kubelet.streams.executed.length;
      expect(await run('exec', 'web', 'true')).toMatchObject({ code: 0 });
      for (const args of [
        ['exec', '--pod', FOREIGN, 'web', 'true'],
        ['cp', '--pod', FOREIGN, `web:${folder}`, 'taken'],
        ['port-forward', '--pod', FOREIGN, 'web', ':80'],
      ]) {
        const { code, error } = await run(...args);
        expect([args[0], code, error]).toEqual([args[0], 1, expect.stringContaining(`web has no pod ${FOREIGN}`)]);
      }
      expect(kubelet.streams.executed.slice(before).map(({ pod }) => pod)).toEqual([web]);
    }, 60_000);

    it('show nothing of it', async () => {
      expect(JSON.stringify(await tree())).not.toContain(FOREIGN);
      await expect(test.client.getLiveObject({ stack_id: stackId, kind: 'Pod', name: FOREIGN })).rejects.toMatchObject({
        code: 'OBJECT_NOT_FOUND',
      });
    });
  });

  describe.each(['operations-service', 'gateway'] as const)('when the %s is killed', (service) => {
    const killAndReplace = async (meanwhile: () => Promise<void>): Promise<void> => {
      const [running] = test.system.processes(service);
      running?.process.signal('KILL');
      await running?.process.exited;
      try {
        await meanwhile();
      } finally {
        await test.system.add(service);
      }
    };
    const scale = (replicas: number): Promise<void> =>
      test.cluster.api.apply(
        pathOf(test.namespace.name, 'deployments', 'worker'),
        {
          ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
          metadata: { name: 'worker', namespace: test.namespace.name },
          spec: { replicas },
        },
        'somebody',
      );

    it('a tree is whole again, with what happened meanwhile', async () => {
      const viewer = new TreeViewer(test.system.gatewayUrl, stackId);
      stops.push(viewer.stop);
      await until('a snapshot', () => viewer.snapshots > 0, SOON_MS);
      const before = viewer.snapshots;
      const replicas = service === 'gateway' ? 2 : 3;
      await killAndReplace(() => scale(replicas));
      await until('another snapshot', () => viewer.snapshots > before, SOON_MS);
      expect(viewer.losses).toBeGreaterThan(0);
      await until(
        'the pods of now',
        () =>
          viewer.tree.nodes().filter(({ type, name }) => type === 'pod' && name.startsWith('worker-')).length ===
          replicas,
        SOON_MS,
      );
      await until(
        'the same tree',
        async () => {
          const seen = viewer.tree.nodes().sort((one, other) => (one.id < other.id ? -1 : 1));
          return JSON.stringify(seen) === JSON.stringify(await tree());
        },
        SOON_MS,
      );
    }, 90_000);

    it('a shell and a forwarded port end at once in words, leave nothing behind, and are served again', async () => {
      const shell = start('exec', '-T', 'web', 'sh', '-c', 'echo up; cat');
      await shell.sees(/up/);
      const forward = start('port-forward', 'web', ':80');
      const port = Number(await forward.sees(/127\.0\.0\.1:(\d+)/));
      const client = await opened(port);
      client.write('echoed');
      const [bytes] = (await once(client, 'data')) as [Buffer];
      expect(bytes.toString()).toBe('echoed');
      const closed = once(client, 'close');

      let endedWithin = Infinity;
      await killAndReplace(async () => {
        const killedAt = performance.now();
        const [ended, forwarded] = await Promise.all([shell.ended, forward.ended, closed]);
        endedWithin = performance.now() - killedAt;
        for (const each of [ended, forwarded])
          expect(each).toMatchObject({ code: 5, error: expect.stringMatching(/CONNECTION_LOST \w.+\./) });
        await until('nothing open at the node', () => kubelet.streams.open === 0, SOON_MS);
      });
      expect(endedWithin).toBeLessThan(5_000);
      expect(await run('exec', 'web', 'true')).toMatchObject({ code: 0 });
    }, 90_000);
  });
});

async function opened(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
