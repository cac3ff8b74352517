import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentData, DriftData, StackChangeData, StackData } from '@ushadow/contracts';
import { natsFor } from '@ushadow/testing';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { databaseDump } from './support/database-dump.ts';
import { toBase64 } from './support/gateway.ts';
import { kubectl } from './support/peers.ts';
import { tapBus, type BusTap } from './support/bus-tap.ts';
import { digestOf, startRegistry, type TestRegistry } from './support/registry.ts';
import { ended, live, pathOf, startSystem, type TestSystem } from './support/system.ts';
import { until } from './faults/support/until.ts';

const PASSWORD = 'canary-of-the-registry';
const SECRET = 'canary-of-the-project';

/** What people do with a stack all day, beside deploying it. */
describe('a stack that runs', () => {
  let test: TestSystem;
  let registry: TestRegistry;
  let tap: BusTap;
  let stack_id = '';
  const answers: string[] = [];
  const receiver = createServer();
  const received: string[] = [];
  const told = (): string[] => received.map((body) => (JSON.parse(body) as { type: string }).type);

  const files = (image: string) => `
services:
  web:
    image: ${image}
    ports: ['8080:80']
    environment: { MODE: calm, API_TOKEN: ${SECRET} }
    healthcheck: { test: ['CMD', 'true'], interval: 5s }
    configs: [{ source: page, target: /page.html }]
  db:
    image: redis:7
    volumes: ['data:/data']
  migrate:
    image: redis:7
    restart: 'no'
    command: ['redis-cli', 'ping']
configs:
  page: { content: one }
volumes:
  data: {}
`;
  const save = async (image: string): Promise<void> => {
    const content = Buffer.from(files(image)).toString('base64');
    await test.client.uploadProject({ name: 'app', replace: true, files: [{ path: 'compose.yaml', content }] });
  };
  const up = async (input: object = {}): Promise<DeploymentData> => {
    const { cluster_id } = test.registered;
    const place = { cluster_id, project: 'app', namespace: test.namespace.name };
    return ended(test, await test.client.deployStack({ ...place, ...input }));
  };
  const change = async (asked: StackChangeData): Promise<DeploymentData> => {
    const plan = await test.client.planChange({ stack_id, change: asked });
    answers.push(JSON.stringify(plan));
    expect(plan).toMatchObject({ applicable: true, problems: [] });
    return ended(test, await test.client.changeStack({ stack_id, plan_id: plan.plan_id }));
  };
  const stack = (): Promise<StackData> => test.client.getStack({ stack_id });
  const check = async (): Promise<DriftData> => {
    const drift = await test.client.checkDrift({ stack_id });
    answers.push(JSON.stringify(drift));
    return drift;
  };
  const kube = (...args: readonly string[]) => kubectl(test.cluster.kubeconfigPath, test.namespace.name, ...args);
  const pod = async (kind: string, name: string) => JSON.stringify((await live(test, kind, name))?.spec);

  beforeAll(async () => {
    registry = await startRegistry('team/web', { username: 'robot', password: PASSWORD });
    test = await startSystem(import.meta.url, 'operate', {
      env: {
        'deployer-service': {
          ALLOW_PRIVATE_REGISTRIES: 'true',
          REGISTRIES_PLAINTEXT: registry.host,
          DRIFT_EVERY_MINUTES: '0',
        },
        'notifier-service': { ALLOW_PRIVATE_RECEIVERS: 'true' },
      },
    });
    tap = await tapBus((await natsFor(import.meta.url)).url);
    await save(`${registry.host}/team/web:1.0.0`);
    const deployment = await up();
    expect(deployment).toMatchObject({ status: 'succeeded' });
    ({ stack_id } = deployment);
    receiver.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        received.push(body);
        response.writeHead(204).end();
      });
    });
    await once(receiver.listen(0, '127.0.0.1'), 'listening');
    const { port } = receiver.address() as AddressInfo;
    await test.client.createChannel({
      ...{ name: 'drift', kind: 'webhook', url: `http://127.0.0.1:${String(port)}/`, allow_plaintext: true },
      signing_key: `whsec_${randomBytes(32).toString('base64')}`,
      rules: [{ events: ['stack.drifted', 'stack.in-sync'], stack_id }],
    });
  }, 180_000);

  afterAll(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await tap?.close();
    await test?.stop();
    await registry?.stop();
  });

  it('has not drifted right after its deployment', async () => {
    expect(await check()).toMatchObject({ state: 'none', count: 0, objects: [], unseen: [] });
    expect(await stack()).toMatchObject({ drift: { state: 'none', count: 0 } });
  });

  it('drift made by a second client with kubectl is found, explained with its manager, and healed', async () => {
    await kube('set', 'image', 'deployment/web', 'web=evil:1');
    await kube('scale', 'statefulset/db', '--replicas=3');
    await test.cluster.api.delete(pathOf(test.namespace.name, 'services', 'web'));
    const drift = await check();
    expect(drift).toMatchObject({ state: 'drifted', count: 3 });
    const of = (object: string) => drift.objects.find((each) => each.object.startsWith(object));
    expect(of('Deployment/')?.fields).toBeDefined();
    const fields = drift.objects.flatMap((each) => each.fields);
    expect(fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          path: 'spec.template.spec.containers[name=web].image',
          live: '"evil:1"',
          manager: 'kubectl-set',
        }),
        expect.objectContaining({ path: 'spec.replicas', wanted: '1', live: '3', manager: 'kubectl' }),
      ]),
    );
    // Of a write to the subresource for scaling the server does not say when it was.
    const image = fields.find(({ path }) => path.endsWith('.image'));
    expect(Math.abs(Date.now() - Date.parse(image?.since ?? ''))).toBeLessThan(120_000);
    expect(of('Service/')).toMatchObject({ state: 'missing', services: ['web'] });
    const { stacks } = await test.client.listStacks({ project: 'app' });
    expect(stacks[0]?.drift).toMatchObject({ state: 'drifted', count: 3 });
    expect(await change({ kind: 'repair' })).toMatchObject({ status: 'succeeded', kind: 'repair' });
    expect(await check()).toMatchObject({ state: 'none', count: 0 });
    expect(await live(test, 'services', 'web')).toBeDefined();
    expect(await pod('deployments', 'web')).not.toContain('evil');
  });

  it('tells a channel of drift, and that it is over, also where nobody listened when it was', async () => {
    // The drift before is told to its end.
    await until('the end of the drift before is told', () => told().includes('stack.in-sync'), 30_000);
    received.length = 0;
    await kube('annotate', 'service/web', 'seen=theirs');
    await kube('set', 'image', 'deployment/web', 'web=evil:3');
    await check();
    await until('drift is told', () => told().includes('stack.drifted'), 30_000);
    const [notifier] = test.system.processes('notifier-service');
    notifier?.process.signal('KILL');
    await notifier?.process.exited;
    expect(await change({ kind: 'repair' })).toMatchObject({ status: 'succeeded' });
    expect(await check()).toMatchObject({ state: 'none' });
    await test.system.add('notifier-service');
    await until('its end is told', () => told().includes('stack.in-sync'), 60_000);
    // Killed before it could write down that it was taken, it sends it again: under the same id.
    const drifts = received.map((body) => JSON.parse(body) as { id: string; type: string });
    expect(new Set(drifts.filter(({ type }) => type === 'stack.drifted').map(({ id }) => id)).size).toBe(1);
  });

  it('heals what is named alone, and leaves the rest as others have it', async () => {
    await kube('annotate', 'service/web', 'note=theirs');
    await kube('patch', 'configmap', 'web-config', '--type=merge', '-p', '{"data":{"MODE":"wild"}}');
    await kube('set', 'image', 'deployment/web', 'web=evil:2');
    expect(await check()).toMatchObject({ count: 2 });
    const { name } = test.namespace;
    const drifted = [{ object: `ConfigMap/${name}/web-config`, fields: ['data.MODE'] }];
    expect(await change({ kind: 'repair', drifted })).toMatchObject({ status: 'succeeded' });
    expect((await live(test, 'configmaps', 'web-config'))?.data).toMatchObject({ MODE: 'calm' });
    expect(await pod('deployments', 'web')).toContain('evil:2');
    expect(await check()).toMatchObject({ count: 1 });
    expect(await change({ kind: 'repair' })).toMatchObject({ status: 'succeeded' });
    expect((await live(test, 'services', 'web'))?.metadata.annotations).toMatchObject({ note: 'theirs' });
  });

  it('what is adopted does not come back, survives the next deployment, and is given up by its name', async () => {
    const { name } = test.namespace;
    await kube(
      'patch',
      'deployment',
      'web',
      '--type=merge',
      '-p',
      '{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":77}}}}',
    );
    await kube('patch', 'configmap', 'web-config', '--type=merge', '-p', '{"data":{"MODE":"adopted"}}');
    const before = await check();
    expect(before.objects.map(({ object }) => object)).toContain(`ConfigMap/${name}/web-config`);
    expect(await change({ kind: 'adopt' })).toMatchObject({ status: 'succeeded', kind: 'adopt' });
    expect(await check()).toMatchObject({ state: 'none' });
    const { cluster_id } = test.registered;
    const plan = await test.client.planStack({ cluster_id, project: 'app', namespace: name });
    expect(plan.warnings.map(({ code }) => code)).toContain('OVERRIDE_HELD');
    expect(await up()).toMatchObject({ status: 'succeeded' });
    expect((await live(test, 'configmaps', 'web-config'))?.data).toMatchObject({ MODE: 'adopted' });
    expect(await check()).toMatchObject({ state: 'none' });
    const overrides = (await stack()).services.flatMap((each) => each.overrides);
    expect(overrides).toContainEqual(
      expect.objectContaining({ key: 'field', name: `ConfigMap/${name}/web-config:data.MODE` }),
    );
    await expect(up({ drop: ['nothing'] })).rejects.toMatchObject({ code: 'NO_OVERRIDE' });
    expect(await up({ drop: ['web'], take_over: true })).toMatchObject({ status: 'succeeded' });
    expect((await live(test, 'configmaps', 'web-config'))?.data).toMatchObject({ MODE: 'calm' });
    expect((await stack()).services.flatMap((each) => each.overrides)).toEqual([]);
  });

  it('says no to adopting what is gone, and to mending what has not drifted', async () => {
    await expect(test.client.changeStack({ stack_id, change: { kind: 'repair' } })).rejects.toMatchObject({
      code: 'NOTHING_DRIFTED',
    });
    await test.cluster.api.delete(pathOf(test.namespace.name, 'services', 'web'));
    await expect(test.client.changeStack({ stack_id, change: { kind: 'adopt' } })).rejects.toMatchObject({
      code: 'NOT_ADOPTABLE',
    });
    expect(await change({ kind: 'repair' })).toMatchObject({ status: 'succeeded' });
  });

  it('looks for newer images by a rule at a registry that wants a login, says what it finds, and pins digests', async () => {
    const { cluster_id } = test.registered;
    const web = async (input: object = {}) =>
      (await test.client.checkImages({ stack_id, services: ['web'], ...input })).images[0];
    registry.tags.set('1.0.0', digestOf('a1')).set('1.0.4', digestOf('a2')).set('1.3.0', digestOf('a3'));
    registry.tags.set('2.0.0', digestOf('a4')).set('1.4.0-rc1', digestOf('a5'));
    expect(await web()).toMatchObject({ found: null, reason: expect.stringContaining('wants a login') });
    await test.client.setPullSecret({ cluster_id, registry: registry.host, username: 'robot', password: PASSWORD });
    const name = `${registry.host}/team/web`;
    expect(await web({ rule: 'patch' })).toMatchObject({ found: `${name}:1.0.4@${digestOf('a2')}` });
    expect(await web()).toMatchObject({
      found: `${name}:1.3.0@${digestOf('a3')}`,
      reason: '1.3.0 is newer than 1.0.0',
    });
    expect(await web({ rule: 'major' })).toMatchObject({ found: `${name}:2.0.0@${digestOf('a4')}` });
    expect(await web({ rule: 'digest' })).toMatchObject({ found: `${name}:1.0.0@${digestOf('a1')}` });
    expect(await web({ tags: { web: 'never' } })).toMatchObject({
      found: null,
      reason: expect.stringContaining('not there'),
    });
  });

  it('takes another image until the file says another, with the credentials that it is pulled by (R119)', async () => {
    const image = `${registry.host}/team/web:1.3.0@${digestOf('a3')}`;
    expect(await change({ kind: 'update-image', images: { web: image } })).toMatchObject({
      ...{ status: 'succeeded', kind: 'update-image', services: ['web'] },
    });
    expect(await pod('deployments', 'web')).toContain(image);
    expect(await pod('deployments', 'web')).toContain('imagePullSecrets');
    expect(await up()).toMatchObject({ status: 'succeeded' });
    expect(await pod('deployments', 'web')).toContain(image);
    expect((await stack()).services.find(({ service }) => service === 'web')).toMatchObject({ image });
    await save(`${registry.host}/team/web:1.0.4`);
    const { cluster_id } = test.registered;
    const plan = await test.client.planStack({ cluster_id, project: 'app', namespace: test.namespace.name });
    expect(plan.warnings.map(({ code }) => code)).toContain('OVERRIDE_DROPPED');
    expect(await up()).toMatchObject({ status: 'succeeded' });
    expect(await pod('deployments', 'web')).toContain('/team/web:1.0.4');
  });

  it('says before a rollback which images the registry has no more, and which it has', async () => {
    const { revisions } = await test.client.getHistory({ stack_id });
    const updated = revisions.find(({ kind }) => kind === 'update-image');
    const said = async () => {
      const plan = await test.client.planRollback({ stack_id, to_revision: updated?.revision });
      return new Map(plan.warnings.map(({ code, message }) => [code, message]));
    };
    const gone = await said();
    expect(gone.get('IMAGES_GONE')).toContain(`${registry.host}/team/web:1.3.0@${digestOf('a3')}`);
    expect(gone.has('IMAGES_NOT_CHECKED')).toBe(false);
    registry.tags.set(digestOf('a3'), digestOf('a3'));
    const there = await said();
    expect([there.has('IMAGES_GONE'), there.has('IMAGES_NOT_CHECKED')]).toEqual([false, false]);
  });

  it('says that its pods have the credentials already, or that the cluster keeps none (R119)', async () => {
    for (const services of [['web'], ['db']])
      await expect(
        test.client.changeStack({ stack_id, change: { kind: 'pull-secret', services } }),
      ).rejects.toMatchObject({
        code: 'NO_PULL_SECRET',
      });
  });

  it('gives running pods the credentials that the cluster has got since, without its files (R119)', async () => {
    const { cluster_id } = test.registered;
    await test.client.setPullSecret({ cluster_id, registry: 'docker.io', username: 'robot', password: PASSWORD });
    expect(await change({ kind: 'pull-secret', services: ['db'] })).toMatchObject({
      status: 'succeeded',
      kind: 'change',
    });
    expect(await pod('statefulsets', 'db')).toContain('imagePullSecrets');
    expect(await up()).toMatchObject({ status: 'succeeded' });
    expect(await pod('statefulsets', 'db')).toContain('imagePullSecrets');
  });

  it('switches the probes of a service off and on, which the next deployment leaves as they are (R122)', async () => {
    expect(await pod('deployments', 'web')).toContain('readinessProbe');
    expect(await change({ kind: 'probe', services: ['web'], probe: 'off' })).toMatchObject({ status: 'succeeded' });
    expect(await pod('deployments', 'web')).not.toContain('Probe');
    expect(await up()).toMatchObject({ status: 'succeeded' });
    expect(await pod('deployments', 'web')).not.toContain('Probe');
    expect(await change({ kind: 'probe', services: ['web'], probe: 'on' })).toMatchObject({ status: 'succeeded' });
    expect(await pod('deployments', 'web')).toContain('readinessProbe');
    const again: StackChangeData = { kind: 'probe', services: ['web'], probe: 'on' };
    await expect(test.client.changeStack({ stack_id, change: again })).rejects.toMatchObject({ code: 'NO_PROBE' });
  });

  it('§2.10.4 stop, start again: scales all of it to nothing, remembers how many there were, and brings them back', async () => {
    expect(await ended(test, await test.client.scaleService({ stack_id, service: 'web', replicas: 2 }))).toMatchObject({
      status: 'succeeded',
    });
    const stopped = await test.client.changeStack({ stack_id, change: { kind: 'stop' } });
    expect(await ended(test, stopped)).toMatchObject({ status: 'succeeded', kind: 'stop', services: ['db', 'web'] });
    expect((await live(test, 'deployments', 'web'))?.spec).toMatchObject({ replicas: 0 });
    expect((await live(test, 'statefulsets', 'db'))?.spec).toMatchObject({ replicas: 0 });
    expect(await check()).toMatchObject({ state: 'none' });
    const started = await test.client.changeStack({ stack_id, change: { kind: 'start' } });
    expect(await ended(test, started)).toMatchObject({ status: 'succeeded', kind: 'start' });
    expect((await live(test, 'deployments', 'web'))?.spec).toMatchObject({ replicas: 2 });
    await expect(test.client.changeStack({ stack_id, change: { kind: 'start' } })).rejects.toMatchObject({
      code: 'NOT_STOPPED',
    });
  });

  it('§2.10.4 restart: replaces all pods by an annotation of the pod template, in one deployment', async () => {
    const restarted = await test.client.changeStack({ stack_id, change: { kind: 'restart' } });
    expect(await ended(test, restarted)).toMatchObject({
      status: 'succeeded',
      kind: 'restart',
      services: ['db', 'web'],
    });
    expect(await pod('deployments', 'web')).toContain('ushadow.io/restarted-at');
    expect(await pod('statefulsets', 'db')).toContain('ushadow.io/restarted-at');
    expect(await check()).toMatchObject({ state: 'none' });
  });

  it('§2.10.4 update environment: is a new revision, applied to the objects that are there', async () => {
    const before = await Promise.all([live(test, 'deployments', 'web'), live(test, 'services', 'web')]);
    const { revision } = await stack();
    const updated = await up({ services: ['web'], service_values: { web: { MODE: 'brisk' } } });
    expect(updated).toMatchObject({ status: 'succeeded', kind: 'deploy', services: ['web'] });
    expect(updated.revision).toBeGreaterThan(revision ?? 0);
    expect(await stack()).toMatchObject({ revision: updated.revision });
    expect((await live(test, 'configmaps', 'web-config'))?.data).toMatchObject({ MODE: 'brisk' });
    const after = await Promise.all([live(test, 'deployments', 'web'), live(test, 'services', 'web')]);
    expect(after.map((object) => object?.metadata.uid)).toEqual(before.map((object) => object?.metadata.uid));
    expect(JSON.stringify(after[0]?.spec)).not.toBe(JSON.stringify(before[0]?.spec));
  });

  it('§2.10.4 deploy through the general endpoint: takes a stack for what it is, wherever it lives', async () => {
    await kube('delete', 'deployment/web', '--wait=false');
    const again = await test.client.redeployStack({ stack_id });
    expect(await ended(test, again)).toMatchObject({ status: 'succeeded', kind: 'deploy' });
    expect((await live(test, 'deployments', 'web'))?.spec).toMatchObject({ replicas: 2 });
    expect((await stack()).target).toEqual({ kind: 'kubernetes', id: test.registered.cluster_id });
  });

  it('§2.10.4 service URL: the host name of its load balancer, else its IP, and by its name inside the cluster', async () => {
    const balanced = await up({ services: ['web'], specs: { web: { service_type: 'LoadBalancer' } } });
    expect(balanced).toMatchObject({ status: 'succeeded' });
    const web = async () => (await stack()).services.find(({ service }) => service === 'web');
    const inside = [`http://web.${test.namespace.name}.svc.cluster.local:80`];
    expect(await web()).toMatchObject({ inside, addresses: [{ via: 'load-balancer', url: null, ready: false }] });
    const path = `${pathOf(test.namespace.name, 'services', 'web-outward')}/status`;
    const told = async (given: { ip: string; hostname?: string }, url: string): Promise<void> => {
      const status = { loadBalancer: { ingress: [given] } };
      const metadata = { name: 'web-outward', namespace: test.namespace.name };
      const object = { apiVersion: 'v1', kind: 'Service', metadata, status };
      await test.cluster.api.apply(path, object, 'balancer');
      const urls = async () => (await web())?.addresses.map((each) => each.url);
      // What was seen a moment ago counts as now for a while.
      for (const limit = Date.now() + 20_000; (await urls())?.[0] !== url && Date.now() < limit;) continue;
      expect(await urls()).toEqual([url]);
    };
    await told({ ip: '192.0.2.7', hostname: 'lb.example.org' }, 'http://lb.example.org:8080');
    await told({ ip: '192.0.2.7' }, 'http://192.0.2.7:8080');
    expect(await up({ services: ['web'], specs: { web: { service_type: 'ClusterIP' } } })).toMatchObject({
      status: 'succeeded',
    });
  });

  it('runs a service once with another command, as a Job of its own that no Service leads to', async () => {
    const begun = await test.client.runJob({ stack_id, service: 'web', command: ['echo', 'hello'] });
    const ran = await ended(test, begun);
    expect(ran).toMatchObject({ status: 'succeeded', kind: 'run', services: ['web'], verdict: { exit_code: 0 } });
    const name = /web-run-[0-9a-f]{10}/.exec(begun.message ?? '')?.[0] ?? '';
    const job = await live(test, 'jobs', name);
    expect(job?.spec).toMatchObject({ backoffLimit: 0, ttlSecondsAfterFinished: 3600 });
    expect(JSON.stringify(job?.spec)).toContain('"args":["echo","hello"]');
    expect(JSON.stringify(job?.spec)).not.toContain('Probe');
    expect(JSON.parse(job?.metadata.annotations?.['ushadow.io/owner'] ?? '{}')).toMatchObject({ stack: stack_id });
    expect(JSON.stringify(job?.spec)).not.toContain('"app.kubernetes.io/name":"web"');
    // It is no part of what the stack is.
    expect((await stack()).services.map(({ service }) => service)).toEqual(['db', 'migrate', 'web']);
    expect(await check()).toMatchObject({ state: 'none' });
  });

  it('runs a one-shot again, which its deployment does not', async () => {
    const ran = await ended(test, await test.client.runJob({ stack_id, service: 'migrate' }));
    expect(ran).toMatchObject({ status: 'succeeded', kind: 'run', services: ['migrate'] });
  });

  it('refuses in words what is out of range, unknown, or in the middle of something', async () => {
    await expect(test.client.scaleService({ stack_id, service: 'web', replicas: 101 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(test.client.runJob({ stack_id, service: 'nobody' })).rejects.toMatchObject({
      code: 'SERVICE_NOT_DEPLOYED',
    });
    await expect(
      test.client.changeStack({ stack_id, change: { kind: 'update-image', images: { nobody: 'a:1' } } }),
    ).rejects.toMatchObject({ code: 'SERVICE_NOT_DEPLOYED' });
    const specs = { web: { node_selector: { 'ushadow.test/nowhere': 'true' } } };
    const { cluster_id } = test.registered;
    const place = { cluster_id, project: 'app', namespace: test.namespace.name };
    const slow = await test.client.deployStack({ ...place, specs, deadline_seconds: 30 });
    await expect(test.client.removeStack({ stack_id })).rejects.toMatchObject({
      code: 'DEPLOYMENT_IN_PROGRESS',
      message: expect.stringContaining('is being deployed'),
    });
    await expect(check()).rejects.toMatchObject({ code: 'DEPLOYMENT_IN_PROGRESS' });
    await test.client.cancelDeployment({ deployment_id: slow.deployment_id, rollback: true });
    expect((await ended(test, slow)).status).toBe('cancelled');
  });

  it('tells on the bus what has drifted and what is over, once each, without values', async () => {
    const told = tap
      .heard()
      .split('\n')
      .filter((line) => line.startsWith('ushadow.v1.events.stack.'));
    const subjects = told.map((line) => line.split(' ', 1)[0]?.split('.').at(-1));
    expect(subjects.slice(0, 2)).toEqual(['drifted', 'drift-resolved']);
    for (const line of told) expect(line).not.toContain('evil');
  });

  it('tells of a Secret that others have changed that it is another, adopts and gives it up, and never tells a value', async () => {
    const theirs = 'canary-of-somebody-else';
    const patch = JSON.stringify({ stringData: { API_TOKEN: theirs } });
    await kube('patch', 'secret', 'web-secrets', '--type=merge', '-p', patch);
    expect((await check()).objects).toMatchObject([
      { state: 'changed', fields: [{ path: 'data.API_TOKEN', wanted: null, live: null, manager: 'kubectl-patch' }] },
    ]);
    expect(await change({ kind: 'adopt' })).toMatchObject({ status: 'succeeded' });
    expect(await check()).toMatchObject({ state: 'none' });
    const shown = await stack();
    const adopted = shown.services.flatMap(({ overrides }) => overrides).filter(({ key }) => key === 'field');
    expect(adopted.map(({ path }) => path)).toEqual([['data', 'API_TOKEN']]);
    const names = adopted.flatMap(({ name }) => name ?? []);
    expect(await change({ kind: 'drop', overrides: names })).toMatchObject({ status: 'succeeded' });
    expect((await live(test, 'secrets', 'web-secrets'))?.data).toEqual({ API_TOKEN: toBase64(SECRET) });
    const said = [
      ...answers,
      ...received,
      JSON.stringify(shown),
      await databaseDump(test.database),
      test.system.logs(),
      tap.heard(),
    ];
    for (const value of [theirs, SECRET, PASSWORD])
      for (const form of [value, toBase64(value)]) expect(said.join('\n')).not.toContain(form);
  });

  it('§2.10.4 remove: takes all it owns along, what was run included, and keeps the data', async () => {
    const removed = await ended(test, await test.client.removeStack({ stack_id }));
    expect(removed).toMatchObject({ status: 'succeeded' });
    const { name } = test.namespace;
    const { body } = await test.cluster.api.get(`/apis/batch/v1/namespaces/${name}/jobs`);
    const jobs = (body as { items: { metadata: { name: string; deletionTimestamp?: string } }[] }).items;
    expect(jobs.filter(({ metadata }) => metadata.deletionTimestamp === undefined)).toEqual([]);
    expect(await live(test, 'persistentvolumeclaims', 'app-data')).toBeDefined();
  });
});
