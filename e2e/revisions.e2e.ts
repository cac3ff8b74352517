import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentData, PlanData, RevisionData } from '@ushadow/contracts';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './faults/support/until.ts';
import { toBase64 } from './support/gateway.ts';
import { deployStack, ended, live, pathOf, sql, startSystem, writesTo, type TestSystem } from './support/system.ts';

const CANARY = 'canary-of-a-revision';
const unknown = '00000000-0000-4000-8000-000000000000';

/** One that has everything a rollback has to bring back. */
const before = `services:
  web:
    image: nginx:1.27
    ports: ['8080:80']
    environment: {GREETING: one, API_TOKEN: ${CANARY}-one}
    configs: [settings]
    volumes: ['pages:/pages']
  old:
    image: team/old:1
    environment: {MODE: calm}
configs:
  settings: {content: "mode = calm"}
volumes: {pages: {}}
`;
const after = `services:
  web:
    image: nginx:1.28
    ports: ['9090:90']
    environment: {GREETING: two, API_TOKEN: ${CANARY}-two}
    configs: [settings]
    volumes: ['pages:/pages']
  new:
    image: team/new:1
configs:
  settings: {content: "mode = wild"}
volumes: {pages: {}}
`;

describe('revisions of a stack', () => {
  let test: TestSystem;
  let folder: string;
  let stack_id = '';
  const answers: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ushadow-manifests-'));
    test = await startSystem(import.meta.url, 'revisions', {
      env: {
        // Nobody is asked.
        'deployer-service': { MANIFESTS_DIR: folder, REGISTRY_ADDRESSES_DENY: '0.0.0.0/0,::/0' },
      },
    });
  });
  afterAll(async () => {
    await test.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const upload = (content: string, name = 'change') =>
    test.client.uploadProject({ name, replace: true, files: [{ path: 'compose.yaml', content: toBase64(content) }] });
  const deploy = async (content: string, input: object = {}): Promise<DeploymentData> => {
    await upload(content);
    const { deployment } = await deployStack(test, 'change', input);
    expect(deployment).toMatchObject({ status: 'succeeded' });
    return deployment;
  };
  const history = async (): Promise<RevisionData[]> => {
    const { revisions } = await test.client.getHistory({ stack_id });
    answers.push(JSON.stringify(revisions));
    return revisions;
  };
  const revision = async (number: number): Promise<RevisionData> => {
    const found = (await history()).find((each) => each.revision === number);
    if (found === undefined) throw new Error(`there is no revision ${String(number)}`);
    return found;
  };
  const digests = async (): Promise<Record<string, string>> => {
    const { services } = await test.client.getStack({ stack_id });
    return Object.fromEntries(services.map(({ service, digest }) => [service, digest]));
  };
  const diff = async (from?: string, to?: string) => {
    const answer = await test.client.diffRevisions({ stack_id, from, to });
    answers.push(JSON.stringify(answer));
    return answer;
  };
  const dataOf = ({ objects }: Awaited<ReturnType<typeof diff>>) =>
    objects.flatMap(({ changes }) => changes).filter(({ path }) => path.startsWith('data.'));
  const planned = async (input: object): Promise<PlanData> => {
    const plan = await test.client.planRollback({ stack_id, ...input });
    answers.push(JSON.stringify(plan));
    return plan;
  };
  const name = (kind: string, own: string): string => `${kind}/${test.namespace.name}/${own}`;
  const setGreeting = (value: string) =>
    test.cluster.api.apply(
      pathOf(test.namespace.name, 'configmaps', 'web-config'),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'web-config', namespace: test.namespace.name },
        data: { GREETING: value },
      },
      'ushadow',
    );

  let first: Record<string, string>;

  it('have a digest of their content, equal for equal content, with author, message and what they came from', async () => {
    ({ stack_id } = await deploy(before, { message: 'the first' }));
    first = await digests();
    await deploy(before);
    await deploy(after, { message: 'everything is new' });
    const [three, two, one] = await history();
    expect(one).toMatchObject({ message: 'the first', actor: 'operator', tags: [], based_on_revision: null });
    expect(one?.content_digest).toMatch(/:[0-9a-f]{64}$/);
    expect(two?.content_digest).toBe(one?.content_digest);
    expect(three?.content_digest).not.toBe(one?.content_digest);
  });

  it('are compared object by object and field by field, and of a Secret it is only said what is another value', async () => {
    const found = await diff('1', '3');
    expect(found).toMatchObject({ from: { revision: 1 }, to: { revision: 3 }, next_cursor: null });
    const changes = new Map(found.objects.map((each) => [each.object, each]));
    expect(changes.get(name('Deployment', 'old'))).toMatchObject({ change: 'removed', services: ['old'], changes: [] });
    expect(changes.get(name('Deployment', 'new'))).toMatchObject({ change: 'added', services: ['new'] });
    expect(changes.get(name('ConfigMap', 'web-config'))?.changes).toEqual([
      { path: 'data.GREETING', change: 'changed', before: '"one"', after: '"two"' },
    ]);
    expect(changes.get(name('Secret', 'web-secrets'))?.changes).toEqual([
      { path: 'data.API_TOKEN', change: 'changed' },
    ]);
    expect(await diff('1', '2')).toMatchObject({ objects: [], counts: { changed: 0, added: 0, removed: 0 } });
  });

  it('are compared with what runs: defaults of the API server and marks of others are no difference', async () => {
    const same = await diff();
    expect(same).toMatchObject({ from: { revision: 3 }, to: { revision: null }, objects: [] });
    expect(same.counts.unchanged).toBeGreaterThan(5);
    await setGreeting('by hand');
    await test.cluster.api.delete(pathOf(test.namespace.name, 'deployments', 'new'));
    const moved = await diff();
    expect(moved.objects.map(({ object, change }) => [object, change]).sort()).toEqual([
      [name('ConfigMap', 'web-config'), 'changed'],
      [name('Deployment', 'new'), 'removed'],
    ]);
    expect(dataOf(moved)).toEqual([{ path: 'data.GREETING', change: 'changed', before: '"two"', after: '"by hand"' }]);
    const back = await diff('live', 'current');
    expect(dataOf(back)).toEqual([{ path: 'data.GREETING', change: 'changed', before: '"by hand"', after: '"two"' }]);
    const old = new Map((await diff('1', 'live')).objects.map(({ object, change }) => [object, change]));
    expect(old.get(name('Deployment', 'old'))).toBe('removed');
    await deploy(after);
  });

  it('are refused to be compared where there is nothing to compare', async () => {
    await expect(diff('live', 'live')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(diff('99', '1')).rejects.toMatchObject({ code: 'REVISION_NOT_FOUND' });
    await expect(diff('no-such-tag')).rejects.toMatchObject({ code: 'REVISION_NOT_FOUND' });
    await expect(diff('0')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(diff('9999999999')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(test.client.diffRevisions({ stack_id: unknown })).rejects.toMatchObject({ code: 'STACK_NOT_FOUND' });
  });

  it('have tags: one name for one revision of a stack, moved only by force, and removable', async () => {
    const { client } = test;
    const tag = (own: string, number: number, more: object = {}) =>
      client.tagRevision({ stack_id, tag: own, revision: number, ...more });
    expect(await tag('good', 1)).toEqual({ stack_id, tag: 'good', revision: 1, moved_from: null });
    expect(await tag('good', 1)).toMatchObject({ moved_from: null });
    await expect(tag('good', 3)).rejects.toMatchObject({ code: 'TAG_TAKEN', details: { revision: 1 } });
    expect(await tag('good', 3, { force: true })).toMatchObject({ revision: 3, moved_from: 1 });
    expect([(await revision(1)).tags, (await revision(3)).tags]).toEqual([[], ['good']]);
    expect((await diff('good', 'live')).from).toMatchObject({ revision: 3, tags: ['good'] });
    expect(await client.untagRevision({ stack_id, tag: 'good' })).toMatchObject({ revision: 3 });
    await expect(client.untagRevision({ stack_id, tag: 'good' })).rejects.toMatchObject({ code: 'TAG_NOT_FOUND' });
    for (const bad of ['1', '12', 'live', 'current', '-x', 'a b', 'ä', 'x'.repeat(64)])
      await expect(tag(bad, 1)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(tag('good', 99)).rejects.toMatchObject({ code: 'REVISION_NOT_FOUND' });
    await expect(client.tagRevision({ stack_id: unknown, tag: 'good', revision: 1 })).rejects.toMatchObject({
      code: 'STACK_NOT_FOUND',
    });
  });

  it('that are tagged at once have the name once', async () => {
    const asked = await Promise.allSettled(
      [1, 2, 3, 1, 2, 3].map((number) => test.client.tagRevision({ stack_id, tag: 'race', revision: number })),
    );
    const codes = asked.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code: string }).code] : []));
    expect(new Set(codes)).toEqual(new Set(['TAG_TAKEN']));
    const holders = (await history()).filter(({ tags }) => tags.includes('race'));
    expect(holders).toHaveLength(1);
    await test.client.untagRevision({ stack_id, tag: 'race' });
  });

  it('are gone back to by a plan: it writes nothing, says what would change, and is done exactly', async () => {
    await test.client.tagRevision({ stack_id, tag: 'before-change', revision: 1 });
    const writes = await writesTo(test);
    const plan = await planned({ to_tag: 'before-change' });
    expect(plan).toMatchObject({ kind: 'rollback', applicable: true, problems: [] });
    expect(plan.based_on).toBe((await revision(1)).deployment_id);
    expect(plan.warnings.map(({ code }) => code)).toContain('IMAGES_NOT_CHECKED');
    const actions = new Map(plan.objects.map(({ object, action }) => [object, action]));
    expect(actions.get(name('Deployment', 'old'))).toBe('create');
    expect(actions.get(name('Deployment', 'new'))).toBe('delete');
    expect(await writesTo(test)).toEqual(writes);

    const begun = await test.client.rollbackStack({ stack_id, plan_id: plan.plan_id, message: 'back' });
    expect(begun).toMatchObject({ kind: 'rollback', plan_id: plan.plan_id, plan_hash: plan.hash });
    const done = await ended(test, begun);
    expect(done).toMatchObject({ status: 'succeeded' });
    const [newest] = await history();
    expect(newest).toMatchObject({ based_on_revision: 1, current: true, message: 'back' });
    expect(newest?.content_digest).toBe((await revision(1)).content_digest);
  });

  it('restore exactly their content: ConfigMap, Secret, ports, and a service that was removed', async () => {
    expect(await digests()).toEqual(first);
    const service = (await live(test, 'services', 'web'))?.spec as { ports: { port: number }[] };
    expect(service.ports.map(({ port }) => port)).toEqual([80]);
    expect((await live(test, 'configmaps', 'web-config'))?.data).toMatchObject({ GREETING: 'one' });
    expect((await live(test, 'secrets', 'web-secrets'))?.data?.['API_TOKEN']).toBe(toBase64(`${CANARY}-one`));
    expect(await live(test, 'deployments', 'old')).toBeDefined();
    expect(await live(test, 'deployments', 'new')).toBeUndefined();
    expect((await diff('1', 'live')).objects).toEqual([]);
  });

  it('have plans that are applied to their own stack alone, and nothing else can be said beside them', async () => {
    const plan = await planned({ to_revision: 3 });
    await upload(before, 'other');
    const namespace = `${test.namespace.name}-other`;
    const { deployment } = await deployStack(test, 'other', { namespace, services: ['web'] });
    const other = deployment.stack_id;
    await expect(test.client.rollbackStack({ stack_id: other, plan_id: plan.plan_id })).rejects.toMatchObject({
      code: 'PLAN_NOT_FOUND',
    });
    await expect(test.client.rollbackStack({ stack_id, plan_id: plan.plan_id, to_revision: 1 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(planned({ to_revision: 1, to_tag: 'before-change' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    // A number is one of its own stack.
    await expect(test.client.listManifests({ stack_id: other, revision: '3' })).rejects.toMatchObject({
      code: 'REVISION_NOT_FOUND',
    });
    await expect(planned({ to_deployment_id: deployment.deployment_id })).rejects.toMatchObject({
      code: 'NO_REVISION',
    });
    await test.cluster.api.delete(`/api/v1/namespaces/${namespace}`);
  });

  it('have plans that get stale, write nothing then, and are made anew from what they were made of', async () => {
    const stale = await planned({ to_revision: 3 });
    await setGreeting('moved');
    const writes = await writesTo(test);
    const moved = await ended(test, await test.client.rollbackStack({ stack_id, plan_id: stale.plan_id }));
    expect(moved).toMatchObject({ status: 'failed', verdict: { code: 'PLAN_STALE' } });
    expect(await writesTo(test)).toEqual(writes);
    const replaced = await test.client.getPlan({ plan_id: moved.verdict?.plan_id ?? '' });
    expect(replaced).toMatchObject({ kind: 'rollback', based_on: stale.based_on });
    const again = await test.client.planAgain({ plan_id: stale.plan_id });
    expect(again).toMatchObject({ kind: 'rollback', based_on: stale.based_on, applicable: true });
    expect(again.plan_id).not.toBe(stale.plan_id);
    const greeting = again.objects.flatMap(({ changes }) => changes).find(({ path }) => path === 'data.GREETING');
    expect(greeting).toMatchObject({ before: '"moved"', after: '"two"' });

    // A deployment in between has changed what the plan starts from.
    await deploy(before);
    const based = await ended(test, await test.client.rollbackStack({ stack_id, plan_id: again.plan_id }));
    expect(based).toMatchObject({ status: 'failed', verdict: { code: 'PLAN_STALE' } });
    await sql(test.database, `UPDATE deployments.plans SET expires_at = now() - interval '1 s' WHERE id = $1`, [
      again.plan_id,
    ]);
    const fresh = await test.client.planAgain({ plan_id: again.plan_id });
    expect(fresh.hash).not.toBe(again.hash);
    const done = await ended(test, await test.client.rollbackStack({ stack_id, plan_id: fresh.plan_id }));
    expect(done).toMatchObject({ status: 'succeeded' });
    expect((await history())[0]?.content_digest).toBe((await revision(3)).content_digest);
    await expect(test.client.planAgain({ plan_id: unknown })).rejects.toMatchObject({ code: 'PLAN_NOT_FOUND' });
  });

  it('of a deployment have plans that are made anew as well, with the same wish', async () => {
    await upload(before);
    const place = { cluster_id: test.registered.cluster_id, project: 'change' };
    const plan = await test.client.planStack({ ...place, namespace: test.namespace.name });
    await setGreeting('moved again');
    const again = await test.client.planAgain({ plan_id: plan.plan_id });
    expect(again).toMatchObject({ kind: 'deploy', based_on: null, services: plan.services });
    expect(again.hash).not.toBe(plan.hash);
    const { deployment } = await deployStack(test, 'change', { plan_id: again.plan_id });
    expect(deployment).toMatchObject({ status: 'succeeded' });
    expect(await digests()).toEqual(first);
  });

  it('say before a rollback what of them is gone: a claim, a Secret of others, and images that nobody has asked for', async () => {
    const outside = `${before.replace('configs: [settings]', 'configs: [settings]\n    secrets: [theirs]')}secrets: {theirs: {external: true}}\n`;
    const secret = pathOf(test.namespace.name, 'secrets', 'theirs');
    const metadata = { name: 'theirs', namespace: test.namespace.name };
    await test.cluster.api.apply(
      secret,
      { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { theirs: 'x' } },
      'admin',
    );
    const good = await deploy(outside);
    await deploy('services: {new: {image: "team/new:1"}}\n');
    const [claim = ''] = (await test.client.getStack({ stack_id })).volumes.map((volume) => volume.claim);
    expect(claim).toMatch(/pages/);
    await test.cluster.api.delete(secret);
    await test.cluster.api.delete(pathOf(test.namespace.name, 'persistentvolumeclaims', claim));
    await until(
      'the claim is gone',
      async () => (await live(test, 'persistentvolumeclaims', claim)) === undefined,
      20_000,
    );
    const plan = await planned({ to_revision: good.revision });
    expect(plan.applicable).toBe(false);
    expect(plan.problems).toEqual([
      expect.objectContaining({ code: 'CONFIG_REF_MISSING', message: expect.stringContaining('Secret "theirs"') }),
    ]);
    const said = new Map(plan.warnings.map(({ code, message }) => [code, message]));
    expect(said.get('CLAIM_GONE')).toContain(claim);
    expect(said.get('IMAGES_NOT_CHECKED')).toContain('nginx:1.27');
    await expect(test.client.rollbackStack({ stack_id, plan_id: plan.plan_id })).rejects.toMatchObject({
      code: 'PLAN_NOT_APPLICABLE',
    });
  });

  it('of which only the history is left, or whose key is gone, say so and are neither compared nor gone back to', async () => {
    const [thin, torn] = [await revision(2), await revision(3)];
    await sql(
      test.database,
      `UPDATE deployments.deployments SET desired = NULL, content = NULL, thinned_at = now() WHERE id = $1`,
      [thin.deployment_id],
    );
    await sql(
      test.database,
      `UPDATE deployments.deployments SET content = regexp_replace(content, '^([^.]*[.])[^.]*', '\\1gone') WHERE id = $1`,
      [torn.deployment_id],
    );
    for (const [number, words] of [
      ['2', 'only its history is left'],
      ['3', 'cannot be opened any more'],
    ] as const) {
      const refusal = { code: 'NO_REVISION', message: expect.stringContaining(words) };
      await expect(diff(number, 'live')).rejects.toMatchObject(refusal);
      await expect(planned({ to_revision: Number(number) })).rejects.toMatchObject(refusal);
      await expect(test.client.listManifests({ stack_id, revision: number })).rejects.toMatchObject(refusal);
    }
    await expect(test.client.tagRevision({ stack_id, tag: 'late', revision: 2 })).rejects.toMatchObject({
      code: 'NO_REVISION',
    });
  });

  it('have manifests, one for each object, as YAML and as a zip, with no value of a Secret (R101, R102, R110)', async () => {
    const { client, system } = test;
    const listed = await client.listManifests({ stack_id, revision: 'before-change' });
    expect(listed).toMatchObject({ revision: 1 });
    expect(listed.files.map((file) => file.name)).toEqual(
      expect.arrayContaining(['web-deployment.yaml', 'web-service.yaml', 'web-secret.yaml', 'old-deployment.yaml']),
    );
    const path = `/api/stacks/${stack_id}/revisions/1/manifests`;
    const deployment = await fetch(`${system.gatewayUrl}${path}/web-deployment.yaml`);
    expect(deployment.headers.get('content-disposition')).toBe('attachment; filename="web-deployment.yaml"');
    expect(await deployment.text()).toMatch(/ports:\n +- [^]*containerPort: 80\n/);
    const secret = await client.getManifest({ stack_id, revision: '1', name: 'web-secret.yaml' });
    expect(secret.content).toContain('API_TOKEN: "[redacted]"');
    const zipped = await fetch(`${system.gatewayUrl}${path}.zip`);
    expect(zipped.headers.get('content-type')).toBe('application/zip');
    const bytes = Buffer.from(await zipped.arrayBuffer());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(bytes.includes('web-deployment.yaml')).toBe(true);
    for (const { name: file } of listed.files)
      answers.push((await client.getManifest({ stack_id, revision: '1', name: file })).content);
    await expect(client.getManifest({ stack_id, revision: '1', name: 'no.yaml' })).rejects.toMatchObject({
      code: 'MANIFEST_NOT_FOUND',
    });
    for (const bad of ['..%2fx.yaml', 'x.json'])
      expect((await fetch(`${system.gatewayUrl}${path}/${bad}`)).status).toBe(404);
  });

  const manifests = async () => (await test.client.getStack({ stack_id })).manifests;
  const written = async (): Promise<string[]> => {
    const own = join(folder, test.registered.cluster_id, test.namespace.name);
    return (await readdir(own).catch(() => [])).filter((file) => !file.startsWith('.')).sort();
  };

  it('are written to the operator’s folder after each good deployment, private and with nothing secret (R101, R102)', async () => {
    const { revision: number } = await deploy(before);
    await until('the manifests are written', async () => (await manifests())?.revision === number, 10_000);
    expect(await manifests()).toMatchObject({ problem: null });
    const listed = await test.client.listManifests({ stack_id, revision: 'current' });
    expect(await written()).toEqual(listed.files.map((file) => file.name));
    const own = join(folder, test.registered.cluster_id, test.namespace.name);
    expect((await stat(own)).mode & 0o777).toBe(0o700);
    for (const file of await written()) {
      expect((await stat(join(own, file))).mode & 0o777).toBe(0o600);
      answers.push(await readFile(join(own, file), 'utf8'));
    }
  });

  it('that cannot be written fail no deployment: the log and the stack say so', async () => {
    await rm(join(folder, test.registered.cluster_id), { recursive: true, force: true });
    await writeFile(join(folder, test.registered.cluster_id), 'in the way');
    const { revision: number } = await deploy(after);
    await until('the manifests are written', async () => (await manifests())?.revision === number, 10_000);
    expect((await manifests())?.problem).toEqual(expect.any(String));
    expect(test.system.logs()).toContain('the manifests of change were not all written');
    await rm(join(folder, test.registered.cluster_id));
  });

  it('of a stack that is removed leave nothing in the folder', async () => {
    await deploy(before);
    await until('the manifests are there', async () => (await written()).length > 0, 10_000);
    const removed = await ended(test, await test.client.removeStack({ stack_id }));
    expect(removed).toMatchObject({ status: 'succeeded' });
    await until('the manifests are gone', async () => (await written()).length === 0, 10_000);
  });

  it('keep no secret in any answer, file, plan or log', async () => {
    const rows = await sql<{ text: string }>(
      test.database,
      `SELECT plans::text AS text FROM deployments.plans UNION ALL SELECT audit_trail::text FROM deployments.audit_trail`,
    );
    const said = [...answers, test.system.logs(), ...rows.map(({ text }) => text)].join('\n');
    expect(said.length).toBeGreaterThan(10_000);
    expect(said).not.toContain(CANARY);
    expect(said).not.toContain(toBase64(CANARY).slice(0, -4));
  });
});
