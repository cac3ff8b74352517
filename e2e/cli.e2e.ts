import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentData, PlanData, ProgressEventData, RevisionData, StackServiceData } from '@ushadow/contracts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeFolder, runShell, type Folder, type Ran } from './support/shell.ts';
import { live, sql, startSystem, untilStage, writesTo, type TestSystem } from './support/system.ts';

const PASSWORD = 'canary-of-the-shell';

const TEAM = `services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: \${DB_PASSWORD:?the password of the database}
    volumes: ['data:/var/lib/postgresql/data']
  migrate:
    image: team/migrate:1
    restart: 'no'
    environment:
      DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
    depends_on: [db]
  api:
    image: team/api:\${API_TAG:-1}
    environment:
      DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
    depends_on:
      migrate: { condition: service_completed_successfully }
  worker:
    image: team/worker:1
    depends_on: [api]
  web:
    image: nginx:1.27
    ports: ['8080:80']
    volumes: ['./conf:/etc/web:ro']
    depends_on: [api]
volumes:
  data: {}
`;
const SERVICES = ['api', 'db', 'migrate', 'web', 'worker'];

const NOWHERE = (service: string): string => `${service}: {node_selector: {ushadow.test/nowhere: "true"}}\n`;
const ONE = "services:\n  web: {image: 'nginx:1.27'}\n  db: {image: 'redis:7'}\n";

const last = <T>(json: string): T => JSON.parse(json.trimEnd().split('\n').at(-1) ?? '') as T;

describe('ushadow in a folder, against the gateway', () => {
  let test: TestSystem;
  let team: Folder;
  const folders: Folder[] = [];

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'cli');
    team = await folder('team', { 'compose.yaml': TEAM, 'conf/web.ini': 'colour = blue\n' });
  });

  afterAll(async () => {
    await Promise.all(folders.map((each) => each.delete()));
    await test.stop();
  });

  async function folder(...args: Parameters<typeof makeFolder>): Promise<Folder> {
    const made = await makeFolder(...args);
    folders.push(made);
    return made;
  }
  const run = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
    runShell(args, { gatewayUrl: test.system.gatewayUrl, cwd, env });
  const ushadow = (...args: readonly string[]): Promise<Ran> => run(team.path, args);
  const versions = (names: readonly (readonly [string, string])[]) =>
    Promise.all(names.map(async ([kind, name]) => (await live(test, kind, name))?.metadata.resourceVersion));
  const specOf = async (kind: string, name: string) => JSON.stringify((await live(test, kind, name))?.spec);
  const servicesNow = async () => JSON.parse((await ushadow('ps', '--json')).out) as StackServiceData[];
  const serviceNow = async (name: string) => (await servicesNow()).find(({ service }) => service === name);
  const newest = async () => (JSON.parse((await ushadow('history', '--json')).out) as RevisionData[])[0]?.revision ?? 0;

  describe('up', () => {
    it('is refused where a variable has no value, with its name and line, and deploys nothing', async () => {
      const { code, out, error } = await ushadow('up', '-n', test.namespace.name);
      expect([code, out]).toEqual([1, '']);
      expect(error).toContain('  DB_PASSWORD (compose.yaml:5');
      expect(error).toContain('the password of the database');
      expect((await test.client.listStacks({})).stacks).toEqual([]);
    });

    it('plan says what would change, with an exit code', async () => {
      const env = { DB_PASSWORD: PASSWORD };
      const planned = await run(team.path, ['plan', '-n', test.namespace.name], env);
      expect(planned.code).toBe(0);
      expect(planned.out).toContain(`+ Deployment/${test.namespace.name}/web\n`);
      expect(planned.out).toMatch(/\d+ to create, 0 to update, 0 to recreate, 0 to delete, 0 unchanged/);
      expect(await live(test, 'deployments', 'web')).toBeUndefined();
      expect(await ushadow('plan', '--recreate', 'some')).toMatchObject({ code: 2 });
    });

    it('brings everything up and tells it line by line, with a verdict for each service', async () => {
      const { code, out, error } = await run(team.path, ['up', '-n', test.namespace.name], { DB_PASSWORD: PASSWORD });
      expect([code, error]).toEqual([0, expect.stringMatching(/^Sends team: 2 files, [\d.]+ (B|KiB)\n/)]);
      expect(error).toContain('Variables from this shell: DB_PASSWORD\n');
      expect(out).toMatch(/^\d\d:\d\d:\d\d Planning$/m);
      expect(out).toContain(`ConfigMap/${test.namespace.name}/`);
      expect(out).toMatch(/ deploy team \(.*\) in \S+, revision 1: succeeded$/m);
      expect(out).toMatch(/^SERVICE +VERDICT +ADDRESS$/m);
      for (const service of SERVICES) expect(out).toMatch(new RegExp(`^${service} +succeeded`, 'm'));
      expect(out + error).not.toMatch(new RegExp(`\u001b|${PASSWORD}`));
      expect((await servicesNow()).map(({ service }) => service).sort()).toEqual(SERVICES);
    });

    it('a second time changes nothing, and needs neither the value nor the namespace again', async () => {
      const writes = await writesTo(test);
      expect(await ushadow('up')).toMatchObject({ code: 0, out: expect.stringContaining('revision 2: succeeded') });
      expect(await writesTo(test)).toEqual(writes);
    });

    it('brings what was changed in a mounted file, to the service that has it', async () => {
      const others = [
        ['deployments', 'api'],
        ['deployments', 'worker'],
        ['statefulsets', 'db'],
      ] as const;
      const before = [await versions(others), await specOf('deployments', 'web')];
      await team.write('conf/web.ini', 'colour = red\n');
      const { code, out } = await ushadow('up');
      expect([code, out]).toEqual([0, expect.stringContaining('succeeded')]);
      const { body } = await test.cluster.api.get(`/api/v1/namespaces/${test.namespace.name}/configmaps`);
      expect(JSON.stringify(body)).toContain('colour = red');
      expect(await specOf('deployments', 'web')).not.toEqual(before[1]);
      expect(await versions(others)).toEqual(before[0]);
    });

    it('--json gives the events as they are stored, then the deployment', async () => {
      const { code, out } = await ushadow('up', 'worker', '--json', '-m', 'by the shell');
      expect(code).toBe(0);
      const values = out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      const deployment = values.pop() as DeploymentData;
      expect(deployment).toMatchObject({ status: 'succeeded', services: ['worker'] });
      const stored = await test.client.listDeploymentEvents({ deployment_id: deployment.deployment_id });
      expect(values as ProgressEventData[]).toEqual(stored.events);
    });

    it('of what fits on no node exits with 1, with the cause, and went back', async () => {
      await team.write('stuck.yaml', NOWHERE('api'));
      const { code, out } = await ushadow('up', 'api', '--spec', 'stuck.yaml', '--deadline', '6');
      expect(code).toBe(1);
      expect(out).toMatch(/^api +failed/m);
      expect(out).toMatch(/^ {2}UNSCHEDULABLE /m);
      expect(out).toMatch(/^ {2}object Deployment\/.*\/api$/m);
      expect(out).toMatch(/^ {2}rolled back: succeeded/m);
      expect((await serviceNow('api'))?.health.state).toBe('ready');
    });

    it('--apply does exactly what a plan said', async () => {
      const planned = await ushadow('plan', '-e', 'API_TAG=2', '--json');
      const plan = last<PlanData>(planned.out);
      expect([planned.code, plan.applicable]).toEqual([0, true]);
      expect(await ushadow('up', '--apply', plan.plan_id)).toMatchObject({ code: 0 });
      expect(await specOf('deployments', 'api')).toContain('team/api:2');
    });
  });

  describe('what there is', () => {
    it('ps tells each service as it is, in a table and as data', async () => {
      const { code, out } = await ushadow('ps');
      expect([code, out]).toEqual([0, expect.stringMatching(/^SERVICE +IMAGE +HEALTH +READY +SYNC +LAST DEPLOYMENT/)]);
      expect(out).toMatch(/^web +nginx:1\.27 +ready \(.*\) +1\/1 +in-sync/m);
      expect(out).toMatch(/^migrate +team\/migrate:1 +completed/m);
      expect(await serviceNow('web')).toMatchObject({ health: { state: 'ready' }, ready: 1, wanted: 1 });
      expect(JSON.parse((await ushadow('ps', 'web', '--json')).out)).toHaveLength(1);
      expect(await ushadow('ps', 'nobody')).toMatchObject({ code: 1, error: expect.stringContaining('It has: ') });
    });

    it('ls tells all stacks, from anywhere', async () => {
      const { code, out } = await run('/', ['ls']);
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`^team +${test.namespace.name} +bench +ready .* 5/5 `, 'm'));
      expect(JSON.parse((await run('/', ['ls', '--json'])).out)).toMatchObject([{ project: 'team', services: 5 }]);
      expect((await run('/', ['ps', 'team/web'])).code).toBe(0);
    });
  });

  describe('what is done to services', () => {
    it('scale changes the number, and the next up keeps it', async () => {
      expect(await ushadow('scale', 'worker=3')).toMatchObject({ code: 0 });
      expect((await ushadow('up')).code).toBe(0);
      expect(await serviceNow('worker')).toMatchObject({ ready: 3, wanted: 3 });
    });

    it('stop leaves no pods, start brings them back as they were', async () => {
      expect((await ushadow('stop', 'worker')).code).toBe(0);
      expect(await serviceNow('worker')).toMatchObject({ health: { state: 'stopped' } });
      expect((await ushadow('start', 'worker')).code).toBe(0);
      expect(await serviceNow('worker')).toMatchObject({ health: { state: 'ready' }, wanted: 3 });
    });

    it('restart replaces the pods of one service', async () => {
      const before = await versions([['deployments', 'api']]);
      const spec = await specOf('deployments', 'web');
      expect((await ushadow('restart', 'web')).code).toBe(0);
      expect(await specOf('deployments', 'web')).not.toEqual(spec);
      expect(await versions([['deployments', 'api']])).toEqual(before);
    });

    it('history marks revisions, and rollback brings one back by its number without the one-shot', async () => {
      const job = (await live(test, 'jobs', 'migrate'))?.metadata.uid;
      const listed = await ushadow('history');
      expect(listed.out).toMatch(/^REVISION +WHEN/);
      expect(listed.out).toContain('by the shell');
      const { code, out } = await ushadow('rollback', '1', '--yes');
      expect([code, out]).toEqual([0, expect.stringContaining('succeeded')]);
      expect(await specOf('deployments', 'api')).toContain('team/api:1');
      expect((await live(test, 'jobs', 'migrate'))?.metadata.uid).toBe(job);
      expect((await ushadow('history')).out.split('\n')[1]).toMatch(/rollback to 1 +.* succeeded +operator +current/);
      const absent = await ushadow('rollback', String((await newest()) + 50), '--yes');
      expect(absent).toMatchObject({ code: 1, error: expect.stringContaining('NO_REVISION') });
    });

    it('status and cancel of one that runs: 4 for whoever waits for it, 0 for whoever cancels', async () => {
      const begun = await ushadow('up', 'api', '--spec', 'stuck.yaml', '--detach', '--json');
      expect(begun.code).toBe(0);
      const { deployment_id: id } = last<DeploymentData>(begun.out);
      const waiting = ushadow('status', id, '--wait');
      await untilStage(test, id, 'wait');
      expect(await ushadow('status', id)).toMatchObject({ code: 0, out: expect.stringContaining(': deploying') });
      expect(await ushadow('cancel', id, '--wait')).toMatchObject({
        code: 0,
        out: expect.stringContaining('cancelled'),
      });
      expect(await waiting).toMatchObject({ code: 4 });
      expect((await ushadow('status', id)).code).toBe(4);
      expect(await ushadow('cancel', id)).toMatchObject({
        code: 1,
        error: expect.stringContaining('DEPLOYMENT_ENDED'),
      });
    });

    it('status exits with 3 when it is not known how a deployment ended', async () => {
      const [some] = (await test.client.listDeployments({ limit: 1 })).deployments;
      const id = some?.deployment_id ?? '';
      const verdict = { status: 'unknown', code: 'CLUSTER_UNREACHABLE', reason: 'gone', object: null, remedy: null };
      // Nobody is to find out meanwhile.
      const change = `UPDATE deployments.deployments SET status = $2, verdict = $3,
                             settle_at = now() + interval '1 hour' WHERE id = $1`;
      await sql(test.database, change, [id, 'unknown', JSON.stringify(verdict)]);
      expect(await ushadow('status', id)).toMatchObject({
        code: 3,
        out: expect.stringContaining('CLUSTER_UNREACHABLE'),
      });
      expect((await ushadow('status', id, '--wait')).code).toBe(3);
      await sql(test.database, change, [id, 'cancelled', JSON.stringify({ ...verdict, status: 'cancelled' })]);
    });
  });

  describe('what is not taken from others', () => {
    const SHARED = [
      ['deployments', 'web'],
      ['services', 'web'],
      ['services', 'db'],
      ['statefulsets', 'db'],
    ] as const;

    it('a second folder with the same names is refused, by whom they are, and nothing of the first changes', async () => {
      const other = await folder('other', { 'compose.yaml': ONE });
      const before = await versions(SHARED);
      const { code, out, error } = await run(other.path, ['up', '-n', test.namespace.name]);
      expect(code).toBe(1);
      expect(out + error).toMatch(/NAME_TAKEN .*stack team/);
      const planned = await run(other.path, ['plan', '-n', test.namespace.name]);
      expect([planned.code, planned.out]).toEqual([1, expect.stringMatching(/NAME_TAKEN: .*stack team/)]);
      expect(await versions(SHARED)).toEqual(before);
    });

    it('what nobody owns is left alone unless it is adopted by name', async () => {
      const alone = await folder('alone', { 'compose.yaml': "services:\n  lone: {image: 'nginx:1.27'}\n" });
      const labels = { app: 'by-hand' };
      const template = { metadata: { labels }, spec: { containers: [{ name: 'lone', image: 'nginx:1.0' }] } };
      const byHand = {
        ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'lone' } },
        spec: { replicas: 1, selector: { matchLabels: labels }, template },
      };
      await test.cluster.api.post(`/apis/apps/v1/namespaces/${test.namespace.name}/deployments`, byHand);
      const up = (...more: readonly string[]) => run(alone.path, ['up', '-n', test.namespace.name, ...more]);
      const refused = await up();
      expect(refused.code).toBe(1);
      expect(refused.out + refused.error).toContain('--adopt Deployment/lone');
      expect(await specOf('deployments', 'lone')).toContain('nginx:1.0');
      const adopt = ['--adopt', 'Deployment/lone', '--take-over', '--recreate', 'all'];
      const unsaid = await up(...adopt);
      expect(unsaid).toMatchObject({ code: 1, error: expect.stringContaining('is deleted and made anew') });
      expect(await up(...adopt, '--yes')).toMatchObject({ code: 0 });
      expect(await specOf('deployments', 'lone')).toContain('nginx:1.27');
      const { entries } = await test.client.listAudit({ limit: 20 });
      expect(entries.flatMap(({ deployment }) => deployment?.adopted ?? [])).toContain('Deployment/lone');
      expect((await run(alone.path, ['down'])).code).toBe(0);
    });
  });

  describe('what is not sent', () => {
    const service = (rest: string): string => `services:\n  web:\n    image: nginx:1.27\n    ${rest}\n`;
    const refused = async (name: string, files: Parameters<typeof makeFolder>[1]): Promise<string> => {
      const { path } = await folder(name, files);
      const { code, error } = await run(path, ['up', '-n', test.namespace.name]);
      expect([code, error]).toEqual([1, expect.stringContaining('nothing was sent')]);
      expect((await test.client.listProjects({})).projects.map(({ project }) => project)).not.toContain(name);
      return error;
    };

    it('more than 500 files', async () => {
      const many = Array.from({ length: 500 }, (_, index) => [`site/${String(index)}.txt`, 'x'] as const);
      const mounted = { 'compose.yaml': service("volumes: ['./site:/site:ro']") };
      expect(await refused('many', { ...mounted, ...Object.fromEntries(many) })).toContain('needs 501 files');
    });

    it('a file over 1 MiB', async () => {
      const large = Buffer.alloc(1024 * 1024 + 1);
      const mounted = { 'compose.yaml': service("volumes: ['./large.bin:/large.bin:ro']"), 'large.bin': large };
      expect(await refused('large', mounted)).toMatch(/large\.bin has 1048577 bytes; a file may have 1048576/);
    });

    it('a file outside the project, with its line', async () => {
      // Below the folder for temporary files it would be no data, and is not sent for that reason.
      const elsewhere = await mkdtemp(join(homedir(), '.ushadow-test-'));
      try {
        await writeFile(join(elsewhere, 'notes.md'), 'x');
        const mounted = { 'compose.yaml': service(`volumes: ['${elsewhere}/notes.md:/x.md:ro']`) };
        expect(await refused('outside', mounted)).toMatch(/compose\.yaml:4:\d+ .*notes\.md lies outside the project/);
      } finally {
        await rm(elsewhere, { recursive: true });
      }
    });
  });

  it('an old form is refused with the new one', async () => {
    expect(await ushadow('deploy', 'team:web')).toMatchObject({
      code: 2,
      error: expect.stringContaining('ushadow up'),
    });
    expect(await ushadow('plan', 'team:web')).toMatchObject({ code: 2, error: expect.stringContaining('team/web') });
    expect(await ushadow('up', '--cluster', 'nowhere')).toMatchObject({
      code: 2,
      error: expect.stringContaining('There are: bench'),
    });
  });

  describe('down', () => {
    let claim = '';
    const claims = async () => (await test.client.listStacks({ project: 'team' })).stacks[0]?.claims;

    it('removes everything but the claims, and says which stay', async () => {
      const [{ stack_id = '' } = {}] = (await test.client.listStacks({ project: 'team' })).stacks;
      claim = (await test.client.getStack({ stack_id })).volumes.map((each) => each.claim).join();
      const { code, out, error } = await ushadow('down');
      expect([code, out]).toEqual([0, expect.stringContaining('succeeded')]);
      const command = `ushadow down -p team -n ${test.namespace.name} --volumes`;
      expect(error).toMatch(new RegExp(`These claims stay:\n {2}${claim} .*\nThey go with: ${command}\n`));
      for (const name of ['api', 'web', 'worker']) expect(await live(test, 'deployments', name)).toBeUndefined();
      expect(await live(test, 'persistentvolumeclaims', claim)).toBeDefined();
    });

    it('--volumes lists them and needs --yes in a pipe', async () => {
      const unsaid = await ushadow('down', '--volumes');
      expect(unsaid).toMatchObject({ code: 1, error: expect.stringMatching(new RegExp(` {2}${claim} .*\n.*--yes`)) });
      expect(await claims()).toBe(1);
      expect(await ushadow('down', '--volumes', '--yes')).toMatchObject({ code: 0 });
      expect(await claims()).toBeUndefined();
      const limit = Date.now() + 10_000;
      while ((await live(test, 'persistentvolumeclaims', claim)) !== undefined && Date.now() < limit) continue;
      expect(await live(test, 'persistentvolumeclaims', claim)).toBeUndefined();
      expect((await test.cluster.api.get(`/api/v1/namespaces/${test.namespace.name}`)).status).toBe(200);
      expect(await ushadow('ps')).toMatchObject({ code: 1, error: expect.stringContaining('is not deployed') });
    });
  });

  it('audit lists who did what, and verify exits with 1 at a broken entry', async () => {
    const listed = await ushadow('audit', '--limit', '2');
    expect(listed.out).toMatch(/deployment\.finished +remove +team/);
    expect(await ushadow('audit', 'verify')).toMatchObject({ code: 0, out: expect.stringContaining('intact') });
    await sql(
      test.database,
      `UPDATE deployments.audit_trail SET record = replace(record, 'operator', 'nobody') WHERE sequence = 1`,
    );
    expect(await ushadow('audit', 'verify')).toMatchObject({
      code: 1,
      out: expect.stringContaining('Entry 1 of the deployer-service'),
    });
  });
});
