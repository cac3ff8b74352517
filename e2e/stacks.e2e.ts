import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentData, StackData } from '@ushadow/contracts';
import { fileURLToPath } from 'node:url';
import { until } from './faults/support/until.ts';
import { deployStack, ended, live, pathOf, startSystem, writesTo, type TestSystem } from './support/system.ts';

const PASSWORD = 'canary-of-the-team';

describe('a project is deployed as a stack', () => {
  let test: TestSystem;
  let stack_id = '';

  beforeAll(async () => {
    const compose = fileURLToPath(new URL('stacks', import.meta.url));
    test = await startSystem(import.meta.url, 'stacks', { compose });
  });

  afterAll(async () => {
    await test.stop();
  });

  const up = async (input: Parameters<typeof deployStack>[2] = {}): Promise<DeploymentData> =>
    (await deployStack(test, 'team', { variables: { DB_PASSWORD: PASSWORD }, ...input })).deployment;
  const stack = (): Promise<StackData> => test.client.getStack({ stack_id });
  const uidOf = async (kind: string, name: string) => (await live(test, kind, name))?.metadata.uid;
  const versions = async (names: readonly (readonly [string, string])[]) =>
    Promise.all(names.map(async ([kind, name]) => (await live(test, kind, name))?.metadata.resourceVersion));
  /** Uids of the pods that run. */
  const podsOf = async (service: string): Promise<string[]> => {
    const selector = `labelSelector=app.kubernetes.io/name=${service}`;
    const { body } = await test.cluster.api.get(`/api/v1/namespaces/${test.namespace.name}/pods?${selector}`);
    const { items } = body as {
      items: { metadata: { uid: string; deletionTimestamp?: string }; status: { phase: string } }[];
    };
    const isRunning = ({ metadata, status }: (typeof items)[number]) =>
      metadata.deletionTimestamp === undefined && status.phase === 'Running';
    return items
      .filter(isRunning)
      .map(({ metadata: { uid } }) => uid)
      .sort();
  };
  const secretText = async (name: string, key: string): Promise<string> =>
    Buffer.from((await live(test, 'secrets', name))?.data?.[key] ?? '', 'base64').toString();

  it('is refused with each name that needs a value, before anything is written', async () => {
    await expect(up({ variables: {} })).rejects.toMatchObject({
      code: 'ENVIRONMENT_UNRESOLVED',
      message: expect.stringContaining('DB_PASSWORD'),
    });
    expect((await test.client.listStacks({})).stacks).toEqual([]);
  });

  it('brings up all services of the active profiles in their order, with one verdict and one for each', async () => {
    const deployment = await up();
    expect(deployment).toMatchObject({ status: 'succeeded', project: 'team', revision: 1, kind: 'deploy' });
    ({ stack_id } = deployment);
    expect([...deployment.services].sort()).toEqual(['api', 'db', 'migrate', 'web', 'worker']);
    for (const service of deployment.services)
      expect(deployment.verdict?.services?.[service]).toMatchObject({ status: 'succeeded' });
    expect(await live(test, 'deployments', 'tools')).toBeUndefined();
  });

  it('fills a typed value into every place that names it, URLs of other services included', async () => {
    const url = `postgres://app:${PASSWORD}@db:5432/app`;
    expect(await secretText('api-secrets', 'DATABASE_URL')).toBe(url);
    expect(await secretText('worker-secrets', 'DATABASE_URL')).toBe(url);
    expect(await secretText('db-secrets', 'POSTGRES_PASSWORD')).toBe(PASSWORD);
  });

  it('marks everything it has, on the object alone', async () => {
    const web = await live(test, 'deployments', 'web');
    const owner = JSON.parse(web?.metadata.annotations?.['ushadow.io/owner'] ?? '{}') as object;
    expect(owner).toMatchObject({ stack: stack_id, project: 'team', namespace: test.namespace.name });
    expect(JSON.stringify(web?.spec)).not.toContain('ushadow.io/owner');
  });

  it('tells health, sync, last deployment and addresses of each service, and never a secret', async () => {
    const reported = await stack();
    expect(reported).toMatchObject({ project: 'team', revision: 1, sync: { state: 'in-sync' }, services_ready: 5 });
    expect(reported.target).toEqual({ kind: 'kubernetes', id: test.registered.cluster_id });
    const web = reported.services.find(({ service }) => service === 'web');
    expect(web).toMatchObject({ health: { state: 'ready', stale: false }, ready: 1, wanted: 1 });
    expect(web?.addresses).toEqual([expect.objectContaining({ via: 'port-forward', port: 8080, ready: true })]);
    expect(web?.inside).toEqual([`http://web.${test.namespace.name}.svc.cluster.local:80`]);
    const migrate = reported.services.find(({ service }) => service === 'migrate');
    expect(migrate?.health.state).toBe('completed');
    expect(JSON.stringify(reported)).not.toContain(PASSWORD);
    const { stacks } = await test.client.listStacks({ project: 'team' });
    expect(stacks).toEqual([expect.objectContaining({ stack_id, services: 5, services_ready: 5, claims: 1 })]);
  });

  it('takes a project with nothing to run for no request to remove anything', async () => {
    const place = { cluster_id: test.registered.cluster_id, project: 'idle', namespace: test.namespace.name };
    await expect(test.client.deployStack(place)).rejects.toMatchObject({ code: 'SERVICE_NOT_FOUND' });
  });

  it('changes nothing when it is deployed again, remembering what was typed', async () => {
    const writes = await writesTo(test);
    expect(await up({ variables: {} })).toMatchObject({ status: 'succeeded', revision: 2 });
    expect(await writesTo(test)).toEqual(writes);
  });

  it('touches only the objects of a selected service', async () => {
    const others = [
      ['deployments', 'web'],
      ['deployments', 'worker'],
      ['services', 'web'],
    ] as const;
    const before = await versions(others);
    const updated = await up({ variables: { API_TAG: '2' }, services: ['api'] });
    expect(updated).toMatchObject({ status: 'succeeded', services: ['api'] });
    expect(JSON.stringify((await live(test, 'deployments', 'api'))?.spec)).toContain('team/api:2');
    expect(await versions(others)).toEqual(before);
  });

  it('goes back to the value of the files for what it is told to forget', async () => {
    const forgotten = await up({ variables: {}, services: ['api'], forget: ['API_TAG'] });
    expect(forgotten).toMatchObject({ status: 'succeeded' });
    expect(JSON.stringify((await live(test, 'deployments', 'api'))?.spec)).not.toContain('team/api:2');
    expect(await up({ variables: {}, services: ['api'] })).toMatchObject({ status: 'succeeded' });
    expect(JSON.stringify((await live(test, 'deployments', 'api'))?.spec)).not.toContain('team/api:2');
  });

  it('keeps a number of replicas that was chosen beside the one of the file', async () => {
    const scaled = await test.client.scaleService({ stack_id, service: 'worker', replicas: 3 });
    expect(await ended(test, scaled)).toMatchObject({ status: 'succeeded', kind: 'scale' });
    expect(await up({ variables: {} })).toMatchObject({ status: 'succeeded' });
    expect((await live(test, 'deployments', 'worker'))?.spec).toMatchObject({ replicas: 3 });
    const worker = (await stack()).services.find(({ service }) => service === 'worker');
    expect(worker?.overrides).toEqual([
      { service: 'worker', key: 'replicas', value: 3, file_value: 2, name: 'worker:replicas' },
    ]);
  });

  it('refuses a service whose dependency is neither selected nor running, and offers to take it along', async () => {
    const stopped = await test.client.stopService({ stack_id, service: 'api' });
    expect((await ended(test, stopped)).status).toBe('succeeded');
    const alone = { variables: {}, services: ['web'] };
    await expect(up(alone)).rejects.toMatchObject({ code: 'DEPENDENCY_NOT_RUNNING' });
    expect(await up({ ...alone, with_dependencies: true })).toMatchObject({ status: 'succeeded' });
    expect((await live(test, 'deployments', 'api'))?.spec).toMatchObject({ replicas: 1 });
  });

  it('never shows as running what somebody has deleted, and says what is missing', async () => {
    await test.cluster.api.delete(pathOf(test.namespace.name, 'deployments', 'web'));
    const gone = async () => (await stack()).services.find(({ service }) => service === 'web');
    const limit = Date.now() + 20_000;
    while ((await gone())?.health.state !== 'absent' && Date.now() < limit) continue;
    expect(await gone()).toMatchObject({ health: { state: 'absent' }, deployment: { status: 'succeeded' } });
    const syncLimit = Date.now() + 20_000;
    while ((await gone())?.sync.state !== 'out-of-sync' && Date.now() < syncLimit) continue;
    expect(await gone()).toMatchObject({ sync: { state: 'out-of-sync' } });
    const again = await test.client.redeployStack({ stack_id });
    expect((await ended(test, again)).status).toBe('succeeded');
    expect(await live(test, 'deployments', 'web')).toBeDefined();
  });

  it('goes back as a whole when one service fails, and says so for each', async () => {
    const migrated = await uidOf('jobs', 'migrate');
    const before = await versions([['deployments', 'worker']]);
    const { configuration, revision } = await stack();
    const running = await podsOf('api');
    expect(running).toHaveLength(1);
    const failed = await up({
      variables: { API_TAG: 'never' },
      specs: { api: { node_selector: { 'ushadow.test/nowhere': 'true' } } },
      deadline_seconds: 8,
    });
    expect(failed).toMatchObject({ status: 'failed', verdict: { rollback: { status: 'succeeded' } } });
    expect(failed.verdict?.services?.['api']).toMatchObject({ status: 'failed' });
    expect(JSON.stringify((await live(test, 'deployments', 'api'))?.spec)).not.toContain('team/api:never');
    expect(await versions([['deployments', 'worker']])).toEqual(before);
    expect(await uidOf('jobs', 'migrate')).toBe(migrated);
    // Neither what ran nor what was saved is gone with a failure.
    expect(await podsOf('api')).toEqual(running);
    expect(await stack()).toMatchObject({ configuration, revision });
    expect(await up({ variables: {} })).toMatchObject({ status: 'succeeded' });
    expect(await podsOf('api')).toEqual(running);
  });

  it('shows out of sync what shares a config that was changed for another service alone', async () => {
    const syncs = async (): Promise<unknown> =>
      Object.fromEntries((await stack()).services.map(({ service, sync }) => [service, sync.state]));
    const pods = await podsOf('worker');
    expect(await up({ variables: { MODE: 'eager' }, services: ['api'] })).toMatchObject({ status: 'succeeded' });
    expect(await syncs()).toMatchObject({ api: 'in-sync', worker: 'out-of-sync', web: 'in-sync' });
    expect(await podsOf('worker')).toEqual(pods);
    expect(await up({ variables: {} })).toMatchObject({ status: 'succeeded' });
    expect(await syncs()).toMatchObject({ api: 'in-sync', worker: 'in-sync' });
    expect(await podsOf('worker')).not.toEqual(pods);
  });

  it('brings an earlier revision back without running a one-shot again', async () => {
    const migrated = await uidOf('jobs', 'migrate');
    expect(await up({ variables: { MODE: 'busy' } })).toMatchObject({ status: 'succeeded' });
    const { revisions } = await test.client.getHistory({ stack_id });
    const back = await test.client.rollbackStack({ stack_id, to_revision: revisions.at(-1)?.revision ?? 0 });
    expect(await ended(test, back)).toMatchObject({ status: 'succeeded', kind: 'rollback' });
    expect(JSON.stringify((await live(test, 'deployments', 'api'))?.spec)).toContain('team/api:1');
    expect(await uidOf('jobs', 'migrate')).toBe(migrated);
  });

  it('is removed with everything but its claims, and stays listed while it has some', async () => {
    const removed = await ended(test, await test.client.removeStack({ stack_id }));
    expect(removed).toMatchObject({ status: 'succeeded', kind: 'remove' });
    for (const name of ['api', 'web', 'worker']) expect(await live(test, 'deployments', name)).toBeUndefined();
    const reported = await stack();
    expect(reported.services).toEqual([]);
    expect(reported.volumes).toHaveLength(1);
    expect((await test.client.listStacks({})).stacks).toEqual([expect.objectContaining({ stack_id, claims: 1 })]);
    const claims = reported.volumes.map(({ claim }) => claim);
    const all = await ended(test, await test.client.removeStack({ stack_id, delete_claims: claims }));
    expect(all.status).toBe('succeeded');
    expect((await test.client.listStacks({})).stacks).toEqual([]);
  });
});

describe('two projects with the same names', () => {
  let test: TestSystem;

  beforeAll(async () => {
    const compose = fileURLToPath(new URL('stacks', import.meta.url));
    test = await startSystem(import.meta.url, 'two', { compose });
  });

  afterAll(async () => {
    await test.stop();
  });

  const names = [
    ['deployments', 'web'],
    ['services', 'web'],
    ['services', 'db'],
    ['configmaps', 'db-config'],
    ['configmaps', 'one-page'],
    ['statefulsets', 'db'],
  ] as const;
  const versions = () =>
    Promise.all(names.map(async ([kind, name]) => (await live(test, kind, name))?.metadata.resourceVersion));

  it('are kept apart in one namespace: the second is refused by name, and nothing of the first changes', async () => {
    expect((await deployStack(test, 'one')).deployment.status).toBe('succeeded');
    const before = await versions();
    const { cluster_id } = test.registered;
    const plan = await test.client.planStack({ cluster_id, project: 'two', namespace: test.namespace.name });
    expect(plan.applicable).toBe(false);
    expect(new Set(plan.problems.map(({ code }) => code))).toEqual(new Set(['NAME_TAKEN']));
    expect(plan.problems[0]?.message).toContain('stack one');
    const { deployment } = await deployStack(test, 'two', { supersede: true });
    expect(deployment).toMatchObject({ status: 'failed', verdict: { code: 'NAME_TAKEN' } });
    const taken = await deployStack(test, 'two', { recreate: 'all', take_over: true });
    expect(taken.deployment).toMatchObject({ status: 'failed', verdict: { code: 'NAME_TAKEN' } });
    expect(await versions()).toEqual(before);
  });

  it('both run in two namespaces, each chosen by its name; one that its stack made goes with it', async () => {
    const { cluster_id } = test.registered;
    const started = await test.client.deployStack({ cluster_id, project: 'two' });
    expect(started.namespace).toBe('two');
    expect((await ended(test, started)).status).toBe('succeeded');
    const again = await test.client.deployStack({ cluster_id, project: 'two' });
    expect(again).toMatchObject({ namespace: 'two', stack_id: started.stack_id, revision: 2 });
    expect((await ended(test, again)).status).toBe('succeeded');
    const { stacks } = await test.client.listStacks({});
    expect(stacks.map(({ project, namespace }) => [project, namespace]).sort()).toEqual([
      ['one', test.namespace.name],
      ['two', 'two'],
    ]);
    const secrets = '/api/v1/namespaces/two/secrets';
    await test.cluster.api.post(secrets, { metadata: { name: 'default-token-mine' }, stringData: { mine: 'x' } });
    const kept = await test.client.removeStack({ stack_id: started.stack_id, delete_namespace: true });
    expect((await ended(test, kept)).status).toBe('succeeded');
    const { events } = await test.client.listDeploymentEvents({ deployment_id: kept.deployment_id });
    expect(events.map(({ message }) => message).join('\n')).toContain('it holds Secret/default-token-mine');
    await test.cluster.api.delete(`${secrets}/default-token-mine`);
    const more = await test.client.deployStack({ cluster_id, project: 'two' });
    expect((await ended(test, more)).status).toBe('succeeded');
    const removal = await test.client.removeStack({ stack_id: started.stack_id, delete_namespace: true });
    expect((await ended(test, removal)).status).toBe('succeeded');
    const { status, body } = await test.cluster.api.get('/api/v1/namespaces/two');
    const isGoing = (body as { metadata?: { deletionTimestamp?: string } }).metadata?.deletionTimestamp !== undefined;
    expect(status === 404 || isGoing).toBe(true);
    expect(await versions()).not.toContain(undefined);
  });
});

describe('a service that its files have no more', () => {
  let test: TestSystem;
  const policy = `keeps-old-${String(process.pid)}`;
  const admission = '/apis/admissionregistration.k8s.io/v1';
  const paths = [
    `${admission}/validatingadmissionpolicybindings/${policy}`,
    `${admission}/validatingadmissionpolicies/${policy}`,
  ] as const;

  beforeAll(async () => {
    const compose = fileURLToPath(new URL('stacks', import.meta.url));
    test = await startSystem(import.meta.url, 'gone', { compose });
  });

  afterAll(async () => {
    await allow();
    await test.stop();
  });

  const upload = (...services: readonly string[]) => {
    const lines = services.map((service) => `  ${service}: { image: 'team/${service}:1', ports: ['8080:80'] }\n`);
    const content = Buffer.from(`services:\n${lines.join('')}`).toString('base64');
    return test.client.uploadProject({ name: 'shrinks', replace: true, files: [{ path: 'compose.yaml', content }] });
  };
  const up = async (): Promise<DeploymentData> => (await deployStack(test, 'shrinks')).deployment;
  const allow = async (): Promise<void> => {
    for (const path of paths) await test.cluster.api.delete(path);
  };
  /** Nothing deletes the Deployment of the service. */
  async function forbid(): Promise<void> {
    const names = { 'kubernetes.io/metadata.name': test.namespace.name };
    const rule = { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['DELETE'], resources: ['deployments'] };
    const [binding, definition] = paths;
    const base = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name: policy } };
    await test.cluster.api.apply(
      definition,
      {
        ...{ ...base, kind: 'ValidatingAdmissionPolicy' },
        spec: {
          matchConstraints: { resourceRules: [rule] },
          validations: [{ expression: "oldObject.metadata.name != 'old'", message: 'old stays' }],
        },
      },
      'test',
    );
    await test.cluster.api.apply(
      binding,
      {
        ...{ ...base, kind: 'ValidatingAdmissionPolicyBinding' },
        spec: {
          ...{ policyName: policy, validationActions: ['Deny'] },
          matchResources: { namespaceSelector: { matchLabels: names } },
        },
      },
      'test',
    );
    await untilRefused(true);
  }

  /** The API server takes policies up a moment after they are stored. */
  async function untilRefused(isRefused: boolean): Promise<void> {
    const path = `${pathOf(test.namespace.name, 'deployments', 'old')}?dryRun=All`;
    const isAsWanted = async (): Promise<boolean> => (await test.cluster.api.delete(path)).status >= 400 === isRefused;
    await until('a policy that is in force', isAsWanted, 20_000);
  }

  it('has failed while its deletion is refused, is still shown, and goes with the next deployment', async () => {
    await upload('web', 'old');
    expect((await up()).status).toBe('succeeded');
    await upload('web');
    await forbid();
    const refused = await up();
    expect(refused).toMatchObject({
      status: 'failed',
      verdict: {
        code: 'ADMISSION_DENIED',
        services: { web: { status: 'succeeded' }, old: { status: 'failed', code: 'ADMISSION_DENIED' } },
      },
    });
    const { stack_id } = refused;
    const shown = await test.client.getStack({ stack_id });
    expect(shown.services.map(({ service, health, objects }) => [service, health.state, objects])).toEqual([
      ['old', 'ready', [`Deployment/${test.namespace.name}/old`]],
      ['web', 'ready', expect.anything()],
    ]);
    await allow();
    await untilRefused(false);
    const gone = await up();
    expect(gone.status).toBe('succeeded');
    expect(await live(test, 'deployments', 'old')).toBeUndefined();
    expect((await test.client.getStack({ stack_id })).services.map(({ service }) => service)).toEqual(['web']);
  });

  it('stays as it is, and is still shown, where nothing is to be pruned', async () => {
    await upload('web', 'old');
    expect((await up()).status).toBe('succeeded');
    const before = await live(test, 'deployments', 'old');
    await upload('web');
    const { deployment } = await deployStack(test, 'shrinks', { prune: false });
    expect(deployment.status).toBe('succeeded');
    expect((await live(test, 'deployments', 'old'))?.metadata.uid).toBe(before?.metadata.uid);
    const shown = async () => {
      const { services } = await test.client.getStack({ stack_id: deployment.stack_id });
      return services.map(({ service, health }) => [service, health.state]);
    };
    expect(await shown()).toEqual([
      ['old', 'ready'],
      ['web', 'ready'],
    ]);
    expect((await up()).status).toBe('succeeded');
    expect(await live(test, 'deployments', 'old')).toBeUndefined();
    expect(await shown()).toEqual([['web', 'ready']]);
  });

  it('is not scaled where an autoscaler decides, and that is said', async () => {
    const labels = "labels: { kompose.hpa.replicas.min: '1', kompose.hpa.replicas.max: '4', kompose.hpa.cpu: '50' }";
    const content = Buffer.from(`services:\n  web: { image: 'team/web:1', ${labels} }\n`).toString('base64');
    await test.client.uploadProject({ name: 'scales', replace: true, files: [{ path: 'compose.yaml', content }] });
    const { cluster_id } = test.registered;
    const plan = await test.client.planStack({ cluster_id, project: 'scales', specs: { web: { replicas: 3 } } });
    const said = plan.warnings.filter(({ code }) => code === 'REPLICAS_AUTOSCALED');
    expect(said).toEqual([
      expect.objectContaining({
        message: '3 replicas of web were asked for; its autoscaler decides how many there are.',
      }),
    ]);
  });
});

describe('the stack that an env map has made', () => {
  let test: TestSystem;

  beforeAll(async () => {
    const compose = fileURLToPath(new URL('stacks', import.meta.url));
    test = await startSystem(import.meta.url, 'envmap', { compose });
  });

  afterAll(async () => {
    await test.stop();
  });

  it('is listed until a deployment of its service takes in what it has; its history stays', async () => {
    const { cluster_id } = test.registered;
    const write = (MODE: string) => test.client.applyEnvmap({ cluster_id, service_name: 'db', env_vars: { MODE } });
    const listed = async () => (await test.client.listStacks({})).stacks;
    await write('typed');
    const [made] = await listed();
    expect(made).toMatchObject({ project: 'db', services: 1 });
    const stack_id = made?.stack_id ?? '';
    expect((await test.client.getStack({ stack_id })).services).toHaveLength(1);
    expect((await deployStack(test, 'one')).deployment.status).toBe('succeeded');
    expect((await listed()).map(({ project }) => project)).toEqual(['one']);
    await expect(test.client.getStack({ stack_id })).rejects.toMatchObject({ code: 'STACK_NOT_FOUND' });
    expect((await test.client.getHistory({ stack_id })).revisions).toMatchObject([{ kind: 'envmap', revision: 1 }]);
    // The next one is a write of the stack that has the service.
    await write('again');
    expect((await listed()).map(({ project }) => project)).toEqual(['one']);
    expect((await live(test, 'configmaps', 'db-config'))?.data).toEqual({ MODE: 'again' });
  });
});
