import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditEntryData } from '@ushadow/contracts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runUshadow, type Ran, type RunOptions } from '../testing/run-ushadow.ts';
import {
  cluster,
  clusterId,
  deployment,
  deploymentId,
  event,
  plan,
  planId,
  planned,
  stack,
  stackId,
  stackService,
  succeeded,
  summary,
  variable,
} from '../testing/samples.ts';
import { StandInGateway } from '../testing/stand-in-gateway.ts';

describe('commands that speak to the gateway', () => {
  let folder: string;
  let gateway: StandInGateway;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ushadow-cli-'));
    writeFileSync(
      join(folder, 'compose.yaml'),
      'name: shop\nservices:\n  web: {image: nginx}\n  db: {image: postgres}\n',
    );
    gateway = new StandInGateway();
    await gateway.start();
    gateway
      .answer('listClusters', [cluster])
      .answer('listStacks', { stacks: [summary()], next_cursor: null })
      .answer('getStack', stack())
      .answer('getDeployment', succeeded)
      .stream([event('stage.started', 'Applying', {})], succeeded);
  });

  afterEach(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ushadow = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Ran> =>
    runUshadow(args, { workingDirectory: folder, environment: { USHADOW_API: gateway.url }, ...options });

  describe('finding the stack', () => {
    it('is by the folder, by -p, or by PROJECT/SERVICE, and by cluster and namespace', async () => {
      await ushadow(['ps']);
      await ushadow(['ps', '-p', 'blog', '-n', 'blue', '-c', 'bench']);
      await ushadow(['history', 'blog/web'], { workingDirectory: '/' });
      await ushadow(['ps', '-f', join(folder, 'compose.yaml')], { workingDirectory: '/' });
      expect(gateway.askedFor('listStacks')).toEqual([
        { project: 'shop' },
        { project: 'blog', namespace: 'blue', cluster_id: clusterId },
        { project: 'blog' },
        { project: 'shop' },
      ]);
    });

    it('finds it on whatever page it is, past those that are empty', async () => {
      gateway.answer('listStacks', ({ cursor }) =>
        cursor === undefined ? { stacks: [], next_cursor: '2' } : { stacks: [summary()], next_cursor: null },
      );
      expect((await ushadow(['ps'])).code).toBe(0);
      expect(gateway.askedFor('listStacks')).toEqual([{ project: 'shop' }, { project: 'shop', cursor: '2' }]);
    });

    it('does not mind what the Compose files have wrong', async () => {
      writeFileSync(join(folder, 'compose.yaml'), 'name: shop\nservices: {web: {imge: 1}}\n');
      expect((await ushadow(['ps'])).code).toBe(0);
    });

    it('of several lists them and asks for one; of none says so', async () => {
      const stacks = [
        summary({ namespace: 'blue' }),
        summary({ namespace: 'green', target: { kind: 'kubernetes', id: 'ffffffffffffffff' } }),
      ];
      gateway.answer('listStacks', { stacks, next_cursor: null });
      const several = await ushadow(['ps']);
      expect(several.code).toBe(2);
      expect(several.error).toContain('  --cluster bench -n blue\n  --cluster ffffffffffffffff -n green\n');
      gateway.answer('listStacks', { stacks: [], next_cursor: null });
      const none = await ushadow(['ps', '-n', 'blue', '-c', 'bench']);
      expect(none.code).toBe(1);
      expect(none.error).toContain('shop is not deployed in the namespace blue on bench.');
    });
  });

  describe('down', () => {
    beforeEach(() => {
      gateway.answer('removeStack', deployment({ kind: 'remove' }));
    });

    it('removes everything but claims, and says which stay and how they go', async () => {
      const { code, error } = await ushadow(['down']);
      expect(code).toBe(0);
      expect(error).toBe(
        'These claims stay:\n  shop-data  1Gi\nThey go with: ushadow down -p shop -n shop --volumes\n',
      );
      expect(gateway.askedFor('removeStack')).toEqual([{ stack_id: stackId, supersede: true }]);
    });

    it('removes only the services named', async () => {
      await ushadow(['down', 'web', '-m', 'why', '--detach']);
      expect(gateway.askedFor('removeStack')).toEqual([
        { stack_id: stackId, supersede: true, services: ['web'], message: 'why' },
      ]);
    });

    it('--volumes lists the claims and needs a yes to exactly that list', async () => {
      const piped = await ushadow(['down', '--volumes']);
      expect(piped).toMatchObject({ code: 1, error: expect.stringContaining('  shop-data  1Gi\n') });
      expect((await ushadow(['down', '--volumes'], { answers: [''] })).code).toBe(1);
      expect((await ushadow(['down', '--volumes'], { answers: [undefined] })).code).toBe(1);
      expect(gateway.askedFor('removeStack')).toEqual([]);
      expect((await ushadow(['down', '--volumes'], { answers: ['yes'] })).code).toBe(0);
      expect((await ushadow(['down', '--volumes', '--yes'])).code).toBe(0);
      const sent = { stack_id: stackId, supersede: true, delete_claims: ['shop-data'], delete_namespace: true };
      expect(gateway.askedFor('removeStack')).toEqual([sent, sent]);
    });

    it('--volumes is not for some services, whose claims others may use', async () => {
      expect((await ushadow(['down', 'web', '--volumes'])).code).toBe(2);
    });
  });

  it('ps shows each service with what is known of it, and since when', async () => {
    const stale = {
      state: 'ready' as const,
      message: null,
      at: new Date(Date.now() - 200_000).toISOString(),
      stale: true,
    };
    gateway.answer(
      'getStack',
      stack({
        services: [
          stackService('web', {
            health: stale,
            addresses: [{ via: 'load-balancer', url: null, text: '10.0.0.1:80', port: 80, ready: false }],
          }),
          stackService('db', { health: { ...stale, state: 'unknown', at: null }, ready: null, wanted: null }),
        ],
      }),
    );
    const { code, out } = await ushadow(['ps']);
    expect(code).toBe(0);
    expect(out).toMatch(/^SERVICE +IMAGE +HEALTH +READY +SYNC +LAST DEPLOYMENT +ADDRESS\n/);
    expect(out).toMatch(
      /web +web:1 +last seen ready 3 min ago +1\/1 +in-sync \(.*\) +deploy succeeded .* +10\.0\.0\.1:80 \(not yet\)/,
    );
    expect(out).toMatch(/db +db:1 +unknown +in-sync/);
    expect(JSON.parse((await ushadow(['ps', 'db', '--json'])).out)).toMatchObject([{ service: 'db' }]);
    expect(await ushadow(['ps', 'nope'])).toMatchObject({ code: 1, error: expect.stringContaining('It has: web, db') });
  });

  it('ls shows all stacks, page by page', async () => {
    gateway.answer('listStacks', ({ cursor }) =>
      cursor === undefined
        ? { stacks: [summary()], next_cursor: '2' }
        : { stacks: [summary({ project: 'blog', services_ready: 5, services: 6, address: null })], next_cursor: null },
    );
    const { code, out } = await ushadow(['ls'], { workingDirectory: '/' });
    expect(code).toBe(0);
    expect(out).toMatch(/^PROJECT +NAMESPACE +CLUSTER +HEALTH +SERVICES +DRIFT +ADDRESS +LAST DEPLOYMENT\n/);
    expect(out).toMatch(/shop +shop +bench +ready \(.*\) +2\/2 +none +http:\/\/shop\.example +deploy succeeded/);
    expect(out).toMatch(/blog +.* +5\/6 +none +deploy succeeded/);
    expect(JSON.parse((await ushadow(['ls', '--json', '-c', 'bench', '-n', 'shop'])).out)).toHaveLength(2);
    expect(gateway.askedFor('listStacks').at(-1)).toMatchObject({ cluster_id: clusterId, namespace: 'shop' });
  });

  it('history marks revisions', async () => {
    const marks = {
      ...{ current: false, bad: false, offered: true, kept: true },
      ...{ content_digest: 'k:0123456789abcdef', tags: [] as string[], based_on_revision: null as number | null },
    };
    gateway.answer('getHistory', {
      ...{ stack_id: stackId, project: 'shop', namespace: 'shop' },
      revisions: [
        {
          ...succeeded,
          ...marks,
          revision: 4,
          kind: 'rollback',
          based_on: deploymentId,
          based_on_revision: 3,
          tags: ['before-holidays'],
          current: true,
          deployment_id: stackId,
        },
        { ...succeeded, ...marks },
        { ...succeeded, ...marks, revision: 2, deployment_id: planId, offered: false, kept: false },
      ],
    });
    const { code, out } = await ushadow(['history', 'web', '--limit', '2']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /\n4 +2026-01-01T00:00:00 +rollback to 3 +web,db +succeeded +operator +current +before-holidays +01234567/,
    );
    expect(out).toMatch(/\n2 +.*succeeded +operator +history only/);
    expect(gateway.askedFor('getHistory')).toEqual([{ stack_id: stackId, limit: '2', service: 'web' }]);
  });

  it('history reads as many pages as it is asked for', async () => {
    const page = (newest: number, count: number) => ({
      ...{ stack_id: stackId, project: 'shop', namespace: 'shop' },
      revisions: Array.from({ length: count }, (_, index) => ({
        ...{ ...succeeded, current: false, bad: false, offered: true, kept: true },
        ...{ content_digest: null, tags: [], based_on_revision: null },
        revision: newest - index,
      })),
    });
    const answers = [page(700, 200), page(500, 200), page(300, 50)];
    gateway.answer('getHistory', () => answers.shift() ?? page(0, 0));
    const { code, out } = await ushadow(['history', '--limit', '450', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toHaveLength(450);
    expect(gateway.askedFor('getHistory')).toEqual([
      { stack_id: stackId, limit: '200' },
      { stack_id: stackId, limit: '200', before: '501' },
      { stack_id: stackId, limit: '50', before: '301' },
    ]);
  });

  describe('rollback', () => {
    beforeEach(() => {
      gateway
        .answer(
          'planRollback',
          plan({ kind: 'rollback', objects: [planned('Deployment/shop/web', 'update', ['web'])] }),
        )
        .answer('rollbackStack', deployment({ kind: 'rollback' }));
    });
    const begun = { stack_id: stackId, plan_id: planId, supersede: true };

    it('shows the plan, and does exactly that after a yes', async () => {
      const asked = await ushadow(['rollback'], { answers: ['y'] });
      expect(asked).toMatchObject({ code: 0, error: expect.stringContaining('~ Deployment/shop/web') });
      expect(asked.error).toContain('Roll back? [y/N]');
      expect((await ushadow(['rollback', '--yes', '-d', '-m', 'why'])).code).toBe(0);
      expect((await ushadow(['rollback'], { answers: ['n'] })).code).toBe(1);
      expect((await ushadow(['rollback'])).code).toBe(1);
      expect(gateway.askedFor('rollbackStack')).toEqual([begun, { ...begun, message: 'why' }]);
    });

    it('goes to a number, to a tag, for some services, or undoes a deployment', async () => {
      gateway.answer('getDeployment', deployment());
      await ushadow(['rollback', '2', '--service', 'web', '-y', '-d']);
      await ushadow(['rollback', 'before-holidays', '-y', '-d']);
      await ushadow(['rollback', '--deployment', deploymentId, '-y', '-d']);
      expect(gateway.askedFor('planRollback')).toEqual([
        { stack_id: stackId, services: ['web'], to_revision: 2 },
        { stack_id: stackId, to_tag: 'before-holidays' },
        { stack_id: stackId, before_deployment_id: deploymentId },
      ]);
      expect(await ushadow(['rollback', 'web', '--to', '2'])).toMatchObject({
        code: 2,
        error: expect.stringContaining('--service'),
      });
      expect((await ushadow(['rollback', '0'])).code).toBe(2);
    });

    it('changes nothing with --plan, nor where the plan cannot be applied', async () => {
      expect(await ushadow(['rollback', '--plan'])).toMatchObject({
        code: 0,
        out: expect.stringContaining('1 to update'),
      });
      const problem = { code: 'X', message: 'no', object: null, field: null, remedy: null };
      gateway.answer('planRollback', plan({ applicable: false, problems: [problem] }));
      expect(await ushadow(['rollback', '--yes'])).toMatchObject({
        code: 1,
        out: expect.stringContaining('problem X'),
      });
      gateway.refuse('planRollback', 'NO_REVISION', 'conflict', 'there is none');
      expect(await ushadow(['rollback'])).toMatchObject({ code: 1, error: expect.stringContaining('ushadow history') });
      expect(gateway.askedFor('rollbackStack')).toEqual([]);
    });
  });

  it('plan --again makes a plan anew, and a stale deployment says so', async () => {
    gateway.answer('planAgain', plan());
    expect(await ushadow(['plan', '--again', planId])).toMatchObject({
      code: 0,
      out: expect.stringContaining('plan '),
    });
    expect(gateway.askedFor('planAgain')).toEqual([{ plan_id: planId }]);
    const verdict = { status: 'failed', code: 'PLAN_STALE', reason: 'moved', object: null, remedy: null } as const;
    gateway.answer('getDeployment', deployment({ status: 'failed', plan_id: planId, verdict }));
    expect((await ushadow(['status', deploymentId])).out).toContain(`ushadow plan --again ${planId}`);
  });

  it('tag names a revision, moves the name only by force, and takes it away', async () => {
    const tagged = { stack_id: stackId, tag: 'v1', revision: 2, moved_from: null };
    gateway.answer('tagRevision', tagged).answer('untagRevision', { stack_id: stackId, tag: 'v1', revision: 2 });
    expect(await ushadow(['tag', '2', 'v1'])).toMatchObject({ code: 0, out: 'revision 2 is v1\n' });
    expect((await ushadow(['tag', '2', 'v1', '--force'])).code).toBe(0);
    expect((await ushadow(['tag', '--delete', 'v1'])).code).toBe(0);
    expect(gateway.askedFor('tagRevision')).toEqual([
      { stack_id: stackId, tag: 'v1', revision: 2 },
      { stack_id: stackId, tag: 'v1', revision: 2, force: true },
    ]);
    expect((await ushadow(['tag', 'v1', '2'])).code).toBe(2);
    for (const name of ['3', 'live', 'x'.repeat(64), '-x'])
      expect((await ushadow(['tag', '2', '--', name])).code).toBe(1);
    gateway.refuse('tagRevision', 'TAG_TAKEN', 'conflict', 'revision 1 has it');
    expect(await ushadow(['tag', '2', 'v1'])).toMatchObject({ code: 1, error: expect.stringContaining('--force') });
  });

  it('diff compares what is current with what runs unless told otherwise, and has the exit code of git', async () => {
    const side = { revision: 3, tags: ['v1'], content_digest: 'k:1' };
    const object = {
      ...{ object: 'ConfigMap/shop/web-config', change: 'changed' as const, services: ['web'], more_changes: 2 },
      changes: [{ path: 'data.A', change: 'changed', before: '"1"', after: '"2"' } as const],
      ...{ conflicts: [{ field: '.data.A', manager: 'kubectl' }], problem: null },
    };
    const diff = {
      ...{ stack_id: stackId, project: 'shop', namespace: 'shop', from: side },
      to: { revision: null, tags: [], content_digest: null },
      counts: { added: 0, removed: 0, changed: 1, unchanged: 4, unknown: 0 },
      objects: [object],
      next_cursor: null,
    };
    gateway.answer('diffRevisions', ({ cursor }) =>
      cursor === undefined
        ? { ...diff, next_cursor: '1' }
        : { ...diff, objects: [{ ...object, object: 'Secret/shop/s' }] },
    );
    const { code, out } = await ushadow(['diff']);
    expect(code).toBe(0);
    expect(out).toContain('revision 3 (v1) → what runs');
    expect(out).toContain('data.A: "1" → "2"\n    and 2 more fields\n    .data.A belongs to kubectl');
    expect(out).toContain('~ Secret/shop/s');
    expect((await ushadow(['diff', 'v1', '2', '--exit-code'])).code).toBe(1);
    expect(gateway.askedFor('diffRevisions').filter((asked) => !('cursor' in asked))).toEqual([
      { stack_id: stackId, from: 'current', to: 'live' },
      { stack_id: stackId, from: 'v1', to: '2' },
    ]);
    gateway.answer('diffRevisions', { ...diff, objects: [] });
    expect((await ushadow(['diff', '--exit-code'])).code).toBe(0);
  });

  it('manifests prints those of a revision, or writes each to a file of its own', async () => {
    const file = { name: 'web-deployment.yaml', object: 'Deployment/shop/web', services: ['web'], bytes: 9 };
    gateway
      .answer('listManifests', { stack_id: stackId, revision: 3, content_digest: null, files: [file] })
      .answer('getManifest', {
        name: file.name,
        media_type: 'application/yaml',
        encoding: 'utf8',
        content: 'kind: D\n',
      });
    expect(await ushadow(['manifests'])).toMatchObject({ code: 0, out: 'kind: D\n' });
    expect((await ushadow(['manifests', 'v1', '-o', 'made'])).code).toBe(0);
    expect(readFileSync(join(folder, 'made', file.name), 'utf8')).toBe('kind: D\n');
    expect(gateway.askedFor('listManifests').map(({ revision }) => revision)).toEqual(['current', 'v1']);
  });

  it.each([
    ['restart', 'restartService', 'NOTHING_TO_RESTART'],
    ['stop', 'stopService', 'NOT_SCALABLE'],
    ['start', 'startService', 'NOT_STOPPED'],
  ] as const)(
    '%s is for the services named, or in one deployment for all of the stack',
    async (command, operation, passed) => {
      gateway.answer(operation, deployment({ services: ['web'] }));
      expect((await ushadow([command, 'web'])).code).toBe(0);
      expect(gateway.askedFor(operation)).toEqual([{ stack_id: stackId, service: 'web', supersede: false }]);
      gateway.answer('changeStack', deployment({ services: ['web', 'db'] }));
      expect((await ushadow([command])).code).toBe(0);
      const whole = { stack_id: stackId, change: { kind: command }, supersede: false };
      expect(gateway.askedFor('changeStack')).toEqual([whole]);
      gateway.refuse('changeStack', passed, 'conflict', 'nothing to do');
      expect(await ushadow([command])).toMatchObject({ code: 0, error: 'nothing to do\n' });
      gateway.refuse(operation, passed, 'conflict', 'nothing to do');
      expect(await ushadow([command, 'web'])).toMatchObject({ code: 1, error: expect.stringContaining(passed) });
      gateway.refuse(operation, 'SERVICE_NOT_DEPLOYED', 'not-found', 'it has web, db');
      expect((await ushadow([command, 'nope'])).code).toBe(1);
    },
  );

  it('the worst verdict of several is the exit code', async () => {
    gateway.answer('restartService', deployment()).stream([], { ...succeeded, status: 'failed', verdict: null });
    expect((await ushadow(['restart', 'web', 'db'])).code).toBe(1);
  });

  it('scale changes numbers of replicas', async () => {
    gateway.answer('scaleService', deployment({ kind: 'scale' }));
    expect((await ushadow(['scale', 'web=3', 'shop/db=0'])).code).toBe(0);
    expect(gateway.askedFor('scaleService')).toEqual([
      { stack_id: stackId, service: 'web', replicas: 3, supersede: false },
      { stack_id: stackId, service: 'db', replicas: 0, supersede: false },
    ]);
    gateway.refuse('scaleService', 'SINGLE_WRITER', 'conflict', 'db has one writer');
    expect(await ushadow(['scale', 'db=2'])).toMatchObject({
      code: 1,
      error: expect.stringContaining('SINGLE_WRITER'),
    });
  });

  it('status shows one deployment with its services, or the newest ones', async () => {
    const one = await ushadow(['status', deploymentId]);
    expect(one).toMatchObject({ code: 0, out: expect.stringContaining('  web succeeded\n  db succeeded\n') });
    expect((await ushadow(['status', deploymentId, '--wait'])).out).toContain('Applying');
    gateway.answer('listDeployments', { deployments: [succeeded], next_cursor: null });
    expect((await ushadow(['status'])).out).toMatch(/deploy +shop \(web, db\) +shop +3 +succeeded/);
    gateway.answer('getDeployment', { ...succeeded, status: 'unknown' });
    expect((await ushadow(['status', deploymentId])).code).toBe(3);
    gateway.refuse('getDeployment', 'DEPLOYMENT_NOT_FOUND', 'not-found', 'no');
    expect((await ushadow(['status', deploymentId])).code).toBe(1);
  });

  it('cancel ends one that runs', async () => {
    gateway.answer('cancelDeployment', deployment({ status: 'deploying' }));
    expect((await ushadow(['cancel', deploymentId, '--no-rollback'])).code).toBe(0);
    expect(gateway.askedFor('cancelDeployment')).toEqual([{ deployment_id: deploymentId, rollback: false }]);
    gateway.stream([], { ...succeeded, status: 'cancelled', verdict: null });
    expect((await ushadow(['cancel', deploymentId, '--wait'])).code).toBe(0);
    gateway.stream([], succeeded);
    expect((await ushadow(['cancel', deploymentId, '--wait'])).code).toBe(1);
  });

  it('says of a cluster that is registered twice that it is one, where clusters are listed or picked', async () => {
    const copy = { ...cluster, cluster_id: 'ffffffffffffffff', name: 'copy', same_as: [clusterId] };
    gateway.answer('listClusters', [{ ...cluster, same_as: [copy.cluster_id] }, copy]);
    const line = 'bench and copy are the same cluster.\n';
    expect(await ushadow(['ls'])).toMatchObject({ code: 0, error: line });
    expect(await ushadow(['ls', '-c', 'copy'])).toMatchObject({ code: 0, error: line });
    const unnamed = await ushadow(['up']);
    expect(unnamed).toMatchObject({ code: 2, error: expect.stringContaining(`There are: bench, copy.\n${line}`) });
  });

  it('audit tells of all services in one list, what is left out, and where the next page begins', async () => {
    const changed: AuditEntryData = {
      ...{ audit_id: stackId, service: 'compiler', sequence: 1, time: '2026-01-01T00:00:00.000Z' },
      ...{ action: 'setting.set', actor: 'operator', request_id: 'r', target: 'api_keys.openai', result: 'done' },
      ...{ details: { is_secret: true }, cluster_id: null, namespace: null, project: 'shop', services: [] },
      ...{ stack_id: null, deployment_id: null, deployment: null, key_id: 'k', previous_seal: '', seal: '' },
    };
    const deployment = {
      ...{ kind: 'deploy' as const, plan_id: null, adopted: [], plan_hash: null, desired_digest: null },
      ...{ before_digest: null, after_digest: null, verdict: null },
    };
    const deployed: AuditEntryData = {
      ...{
        ...changed,
        service: 'deployer',
        sequence: 2,
        action: 'deployment.requested',
        result: 'accepted',
        deployment,
      },
      ...{ cluster_id: clusterId, namespace: 'shop', services: ['web'], stack_id: stackId },
    };
    const page = { entries: [deployed, changed], next_before: 'deployer.2~compiler.1', unanswered: ['scanner'] };
    gateway.answer('listAudit', page);
    const { code, out, error } = await ushadow(['audit', '-p', 'shop']);
    expect(code).toBe(0);
    expect(out).toMatch(/\ndeployer 2 .* shop\/web +shop +operator +accepted/);
    expect(out).toMatch(/\ncompiler 1 .* setting\.set +api_keys\.openai +operator +done/);
    expect(error).toContain('Entries of scanner are left out');
    expect(error).toContain('--before deployer.2~compiler.1');
    expect(gateway.askedFor('listAudit')).toEqual([{ limit: '20', project: 'shop' }]);
  });

  it('audit verify names the service and the entry, and exits with 1 when any trail is broken', async () => {
    const whole = { intact: true, entries: 7, head: { sequence: 7, seal: 'abc' }, broken: null };
    const anchor = { sequence: 7, time: '2026-01-01T00:00:00.000Z' };
    const deployer = { ...whole, service: 'deployer', anchor };
    gateway.answer('verifyAudit', { intact: true, entries: 7, trails: [deployer] });
    const good = await ushadow(['audit', 'verify']);
    expect(good).toMatchObject({ code: 0, out: expect.stringContaining('deployer: head 7 abc') });
    const broken = { sequence: 3, reason: 'missing' as const, message: 'Entry 3 of the cluster-service is missing.' };
    const cluster = { ...whole, service: 'cluster', intact: false, anchor, broken };
    gateway.answer('verifyAudit', { intact: false, entries: 9, trails: [cluster, deployer] });
    expect(await ushadow(['audit', 'verify'])).toMatchObject({ code: 1, out: `Broken (missing): ${broken.message}\n` });
  });

  describe('variables', () => {
    beforeEach(() => {
      gateway
        .answer('listStacks', { stacks: [], next_cursor: null })
        .answer('uploadProject', ({ name }) => ({
          ...{ name, files: [], digest: 'd', services: [], diagnostics: [], set_aside: null, goes_at: null },
          ...{ uploaded_at: '2026-01-01T00:00:00.000Z', uploaded_by: 'operator' },
        }))
        .answer('projectVariables', {
          variables: [
            variable('TAG', { value: '1.2', is_set: true, source: 'env_file', containers: ['web'] }),
            variable('MOTTO', { value: 'it’s "$5" # now', is_set: true, source: 'typed' }),
            variable('DB_PASSWORD', { is_secret: true, is_set: true, source: 'settings' }),
            variable('KEY', { is_secret: true, is_required: true, required_message: 'ask\nsomebody' }),
          ],
          unresolved: ['KEY'],
          problems: [],
        });
    });

    it('are a table with source and uses, without values of secrets', async () => {
      const { code, out } = await ushadow(['variables']);
      expect(code).toBe(0);
      expect(out).toMatch(/^VARIABLE +VALUE +SOURCE +SECRET +USED IN\n/);
      expect(out).toMatch(/TAG +1\.2 +env_file +compose\.yaml:4, web\n/);
      expect(out).toMatch(/DB_PASSWORD +\(set\) +settings +secret/);
      expect(out).toMatch(/KEY +\(missing\) +none +secret/);
      expect(JSON.parse((await ushadow(['variables', '--json'])).out)).toMatchObject({ unresolved: ['KEY'] });
    });

    it('--env writes them as .env, with empty places for secrets', async () => {
      expect((await ushadow(['variables', '--env'])).out).toBe(`TAG=1.2

MOTTO='it’s "$5" # now'

# secret, set by settings; left empty here
DB_PASSWORD=

# ask somebody; required; secret
KEY=

`);
    });
  });

  it.each([
    [['down', '--volume']],
    [['ps', 'shop:web']],
    [['ps', 'a/b', 'c/d']],
    [['ls', 'web']],
    [['scale']],
    [['scale', 'web']],
    [['scale', 'web=-1']],
    [['scale', 'web=101']],
    [['scale', '=2']],
    [['history', 'a', 'b']],
    [['history', '--limit', 'few']],
    [['rollback', '--to', 'first']],
    [['rollback', '--to', '0']],
    [['rollback', 'web', '--deployment', 'x']],
    [['rollback', '--wait']],
    [['restart', 'shop:web']],
    [['variables', '--show-secrets']],
    [['cancel']],
    [['audit', 'forge']],
    [['status', '--limit', 'few']],
    [['status', '--api', 'ftp://x']],
    [['ps', '-c', 'nowhere']],
  ])('exit with 2 and say how they are called: %j', async (args) => {
    const { code, error } = await ushadow(args);
    expect([code, error]).toEqual([2, expect.stringContaining('Usage: ushadow')]);
  });

  it.each([['ps'], ['down'], ['plan'], ['restart'], ['variables']])(
    '%s exits with 2 where there is no Compose file and no project is named',
    async (command) => {
      expect(await ushadow([command], { workingDirectory: '/' })).toMatchObject({ code: 2 });
    },
  );

  it('exit with 5 when no gateway answers, and say where it was looked for', async () => {
    const { code, error } = await ushadow(['status', '--api', 'http://127.0.0.1:9']);
    expect(code).toBe(5);
    expect(error).toContain('GATEWAY_UNREACHABLE');
    expect(error).toContain('http://127.0.0.1:9');
  });

  it('exit with 5 when a service behind the gateway is away', async () => {
    gateway.refuse('listStacks', 'SERVICE_UNAVAILABLE', 'unavailable', 'deployer is away');
    expect((await ushadow(['ps'])).code).toBe(5);
  });

  it('exit with 1 when what answers is no gateway', async () => {
    gateway.answer('listStacks', () => 'hello' as never);
    expect(await ushadow(['ps'])).toMatchObject({ code: 1, error: expect.stringContaining('ANSWER_NOT_UNDERSTOOD') });
  });
});
