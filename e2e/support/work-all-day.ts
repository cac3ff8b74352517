import { expect } from '@jest/globals';
import type { Client, TreeNodeData } from '@ushadow/contracts';
import type { TestCluster } from '@ushadow/testing';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../faults/support/until.ts';
import { ShellProcess } from '../node/support/shell-process.ts';
import { follow } from './gateway.ts';
import { unzipped, type Heard } from './heard.ts';
import { kubectl } from './peers.ts';
import type { PlayedKubelet } from './played-kubelet.ts';

const SERVICE = 'web';
const POD_PORT = 80;
const SOON_MS = 20_000;
/** Comes after all that is secret. */
const LAST = 'and-that-was-the-last';

export interface Workplace {
  readonly client: Client;
  readonly heard: Heard;
  readonly gatewayUrl: string;
  readonly cluster: TestCluster;
  readonly kubelet: PlayedKubelet;
  readonly clusterId: string;
  readonly namespace: string;
  readonly stackId: string;
  readonly project: string;
  /** Where the operator's manifests are. */
  readonly manifests: string;
  /** Known to the product as secret, each of which everything is made to repeat. */
  readonly secrets: readonly string[];
}

/** What people do with a stack that runs, where what runs gives away whatever it can. */
export async function workAllDay(place: Workplace): Promise<void> {
  const { body } = await place.cluster.api.get(`/api/v1/namespaces/${place.namespace}/pods`);
  const pods = (body as { items: { metadata: { name: string; uid: string } }[] }).items;
  const pod = pods.find(({ metadata }) => metadata.name.startsWith(`${SERVICE}-`));
  if (pod === undefined) throw new Error('no pod');
  await readLogs(place, pod.metadata.name);
  await lookAtWhatIsLive(place, pod.metadata);
  await shellsAndPorts(place);
  await driftAndRevisions(place);
  await readTheRest(place);
}

async function readLogs({ kubelet, heard, gatewayUrl, client, ...place }: Workplace, pod: string): Promise<void> {
  const { stackId: stack_id, clusterId: cluster_id, namespace, secrets } = place;
  for (const secret of secrets) {
    const forms = [secret, Buffer.from(`user:${secret}`).toString('base64'), encodeURIComponent(secret)];
    kubelet.write(pod, SERVICE, ...forms.map((form) => `password=${form};`), JSON.stringify({ secret }));
  }
  kubelet.write(pod, SERVICE, LAST);
  const logs = `${gatewayUrl}/api/stacks/${stack_id}/logs`;
  await heard.read('followLogs', `${logs}/stream`, LAST);
  expect(await heard.read('downloadLogs', logs)).toContain(LAST);
  expect((await client.getPodLogs({ cluster_id, pod, namespace })).logs).toContain(LAST);
}

/** Events, last words and annotations repeat what a program has said. */
async function lookAtWhatIsLive(place: Workplace, { name, uid }: { name: string; uid: string }): Promise<void> {
  const { client, heard, gatewayUrl, cluster, namespace, stackId: stack_id } = place;
  const said = `${place.secrets.join(' ')} ${LAST}`;
  const time = new Date().toISOString().replace(/\.\d+Z/, 'Z');
  const tree = heard.read('followStackTree', `${gatewayUrl}/api/stacks/${stack_id}/tree/stream`, LAST);
  const base = `/api/v1/namespaces/${namespace}`;
  const { status } = await cluster.api.post(`${base}/events`, {
    metadata: { name: 'said' },
    involvedObject: { kind: 'Pod', namespace, name, uid },
    ...{ type: 'Warning', reason: 'Unhealthy', message: said, count: 1, firstTimestamp: time, lastTimestamp: time },
  });
  expect(status).toBe(201);
  const terminated = { exitCode: 1, reason: 'Error', message: said, startedAt: time, finishedAt: time };
  const waiting = { reason: 'CrashLoopBackOff', message: said };
  const container = { name: SERVICE, image: 'i', imageID: '', ready: false, restartCount: 1 };
  await cluster.api.apply(
    `${base}/pods/${name}/status`,
    {
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } },
      status: {
        conditions: ['Ready', 'ContainersReady'].map((type) => ({ type, status: 'False' })),
        containerStatuses: [{ ...container, state: { waiting }, lastState: { terminated } }],
      },
    },
    'somebody',
  );
  expect(await tree).toContain(LAST);
  const ends = (node: TreeNodeData) => node.type === 'container' && node.last_exit?.message.includes(LAST);
  await until('last words', async () => (await client.getStackTree({ stack_id })).nodes.some(ends), SOON_MS);
  const shown = async () => JSON.stringify(await client.getStack({ stack_id })).includes(LAST);
  await until('the health of the stack', shown, SOON_MS);
  expect(JSON.stringify(await client.listStackEvents({ stack_id, service: SERVICE, limit: 50 }))).toContain(LAST);
  await kubectl(cluster.kubeconfigPath, namespace, 'annotate', `deployment/${SERVICE}`, `said=${said}`);
  for (const [kind, own] of [
    ['Deployment', SERVICE],
    ['Pod', name],
    ['Secret', `${SERVICE}-secrets`],
  ] as const)
    expect((await client.getLiveObject({ stack_id, kind, name: own })).yaml).toContain(`name: ${own}`);
  await client.listConfig({ stack_id, service: SERVICE });
  await client.getStackMetrics({ stack_id });
}

/** What goes through them is for who asked, and for nobody else. */
async function shellsAndPorts({ gatewayUrl, kubelet, secrets, project, heard }: Workplace): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'canary-shell-'));
  const start = (command: string, ...args: readonly string[]) =>
    new ShellProcess(gatewayUrl, [command, '-p', project, ...args], { cwd: folder });
  const text = secrets.join('\n');
  try {
    const typed = start('exec', '-T', SERVICE, 'cat');
    typed.type(text);
    expect(await typed.finish()).toMatchObject({ code: 0, out: text });
    const told = start('exec', '-T', SERVICE, 'sh', '-c', 'exit 3', ...secrets);
    expect(await told.finish()).toMatchObject({ code: 3 });
    const absent = start('exec', '-T', SERVICE, `no-such-${secrets[0] ?? ''}`);
    expect((await absent.finish()).code).not.toBe(0);
    await writeFile(join(folder, 'in'), text);
    expect(await start('cp', 'in', `${SERVICE}:${folder}/inside`).finish()).toMatchObject({ code: 0, error: '' });
    expect(await start('cp', `${SERVICE}:${folder}/inside`, 'out').finish()).toMatchObject({ code: 0, error: '' });
    expect(await readFile(join(folder, 'out'), 'utf8')).toBe(text);
    heard.visited.add('execInContainer');

    kubelet.streams.ports.set(POD_PORT, Number(new URL(gatewayUrl).port));
    const forward = start('port-forward', SERVICE, `:${String(POD_PORT)}`);
    const port = await forward.sees(/127\.0\.0\.1:(\d+)/);
    const answer = await fetch(`http://127.0.0.1:${port}/no-such-page`, { headers: { 'x-told': encodeURI(text) } });
    expect(answer.status).toBe(404);
    forward.child.kill('SIGINT');
    await forward.ended;
    heard.visited.add('forwardPort');
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function driftAndRevisions(place: Workplace): Promise<void> {
  const { client, heard, gatewayUrl, cluster, namespace, stackId: stack_id } = place;
  const ended = async (begun: Promise<{ deployment_id: string }>): Promise<void> => {
    const { events, deployment } = await follow(gatewayUrl, (await begun).deployment_id);
    heard.add(JSON.stringify([events, deployment]));
    expect(deployment.status).toBe('succeeded');
  };
  heard.visited.add('followDeployment');
  const [secret = '', other = ''] = place.secrets;
  // One is put where another one was, and one where no secret should be.
  const value = JSON.stringify({ stringData: { TYPED_TOKEN: other } });
  await kubectl(cluster.kubeconfigPath, namespace, 'patch', 'secret', `${SERVICE}-secrets`, '-p', value);
  await kubectl(cluster.kubeconfigPath, namespace, 'set', 'env', `deployment/${SERVICE}`, `LEAKED=${secret}`);
  expect((await client.checkDrift({ stack_id })).count).toBeGreaterThan(0);
  await client.getDrift({ stack_id });
  await client.diffRevisions({ stack_id, from: 'current', to: 'live' });
  const repair = { kind: 'repair' } as const;
  const plan = await client.planChange({ stack_id, change: repair });
  await client.getPlan({ plan_id: plan.plan_id });
  await ended(client.changeStack({ stack_id, plan_id: plan.plan_id }));
  await ended(client.runJob({ stack_id, service: SERVICE, command: ['login', '--password', secret] }));
  const { revisions } = await client.getHistory({ stack_id });
  const numbers = revisions.map(({ revision }) => revision);
  const [first = 1, last = 1] = [Math.min(...numbers), Math.max(...numbers)];
  await client.tagRevision({ stack_id, tag: 'first', revision: first });
  await client.diffRevisions({ stack_id, from: 'first', to: String(last) });
  const back = await client.planRollback({ stack_id, to_tag: 'first' });
  const again = await client.planAgain({ plan_id: back.plan_id });
  await ended(client.rollbackStack({ stack_id, plan_id: again.plan_id }));
  const { files } = await client.listManifests({ stack_id, revision: 'current' });
  for (const { name } of files) await client.getManifest({ stack_id, revision: 'current', name });
  const archive = Buffer.from((await client.downloadManifests({ stack_id, revision: 'current' })).content, 'base64');
  const entries = unzipped(archive);
  expect(entries.length).toBe(files.length);
  for (const text of entries) heard.add(text);
  const folder = join(place.manifests, place.clusterId, namespace);
  const written = async () => (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml'));
  await until('the manifests', async () => (await written()).length >= files.length, SOON_MS);
  for (const name of await written()) heard.add(await readFile(join(folder, name), 'utf8'));
}

/** Whatever else is only read. */
async function readTheRest(place: Workplace): Promise<void> {
  const { client, heard, gatewayUrl, clusterId: cluster_id, stackId: stack_id, project } = place;
  const { deployments } = await client.listDeployments({});
  const [{ deployment_id = '' } = {}] = deployments;
  await Promise.all([
    client.getDeployment({ deployment_id }),
    client.listDeploymentEvents({ deployment_id }),
    client.getStack({ stack_id }),
    client.listStacks({}),
    client.getCluster({ cluster_id }),
    client.getAccessManifest({}),
    client.getSandbox({}),
    client.listPullSecrets({ cluster_id }),
    client.listProjects({}),
    client.getProject({ project }),
    client.listInfraServices({}),
    client.listTemplates({}),
    client.listAudit({ limit: 100 }),
    client.verifyAudit({}),
    client.listDeadLetters({}),
    client.listChannels({}),
    client.listDeliveries({ limit: 100 }),
    client.listHooks({ stack_id }),
  ]);
  await heard.read('followDeployments', `${gatewayUrl}/api/events/stream?deployment=${deployment_id}:0`);
  const scans = heard.read('followScans', `${gatewayUrl}/api/kubernetes/${cluster_id}/scan-infra/stream`, 'completed');
  // It hears what comes once it listens.
  let isHeard = false;
  void scans.finally(() => (isHeard = true));
  while (!isHeard) {
    await client.scanInfra({ cluster_id, namespace: place.namespace });
    await delay(500);
  }
  await scans;
}
