import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runUshadow, type Ran, type RunOptions } from '../testing/run-ushadow.ts';
import {
  cluster,
  clusterId,
  deployment,
  deploymentId,
  event,
  failed,
  plan,
  planId,
  planned,
  stack,
  summary,
  succeeded,
  variable,
} from '../testing/samples.ts';
import { StandInGateway } from '../testing/stand-in-gateway.ts';

const COMPOSE = `services:
  web:
    image: registry.example/web:\${TAG:-latest}
    environment: [API_TOKEN, "GREETING=\${GREETING:-hello}"]
    # \${ONLY_IN_A_COMMENT}
    volumes: ["./conf:/etc/web:ro"]
  db:
    image: postgres:17
    volumes: ["data:/var/lib/postgresql/data"]
  debug:
    image: busybox
    profiles: [debug]
    env_file: debug.env
volumes: {data: }
`;

describe('ushadow up', () => {
  let folder: string;
  let gateway: StandInGateway;

  function write(path: string, text: string | Buffer = ''): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'ushadow-up-')), 'shop');
    write('compose.yaml', COMPOSE);
    write('conf/web.ini', 'a=1\n');
    write('debug.env', 'LEVEL=9\n');
    gateway = new StandInGateway();
    await gateway.start();
    gateway
      .answer('listClusters', [cluster])
      .answer('listStacks', { stacks: [], next_cursor: null })
      .answer('uploadProject', ({ name }) => ({
        ...{ name, files: [], digest: 'd', services: [], diagnostics: [], set_aside: null, goes_at: null },
        ...{ uploaded_at: '2026-01-01T00:00:00.000Z', uploaded_by: 'operator' },
      }))
      .answer('projectVariables', { variables: [], unresolved: [], problems: [] })
      .answer('planStack', plan())
      .answer('deployStack', { ...deployment(), diagnostics: [] })
      .answer('getStack', stack())
      .stream([event('stage.started', 'Planning', { stage: 'plan' })], succeeded);
  });

  afterEach(async () => {
    await gateway.stop();
    rmSync(dirname(folder), { recursive: true, force: true });
  });

  const ushadow = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Ran> =>
    runUshadow(args, {
      workingDirectory: folder,
      ...options,
      environment: { USHADOW_API: gateway.url, ...options.environment },
    });
  const existing = () => gateway.answer('listStacks', { stacks: [summary()], next_cursor: null });
  const unresolved = (...names: readonly string[]) =>
    gateway.answer('projectVariables', {
      variables: names.map((name) =>
        variable(name, {
          ...{ is_required: true, is_secret: name.includes('PASSWORD'), required_message: 'say it' },
          uses: [{ file: 'shop/compose.yaml', line: 4, column: 5, path: '/services/web/image', service: 'web' }],
        }),
      ),
      unresolved: [...names],
      problems: [],
    });

  it('in a folder is enough: says what it sends, follows the deployment, ends with verdict and addresses', async () => {
    const { code, out, error } = await ushadow(['up']);
    expect(code).toBe(0);
    expect(error).toMatch(
      /^Sends shop: 3 files, [\d.]+ (B|KiB)\n {2}compose\.yaml {2}.*\n {2}conf\/web\.ini {2}4 B\n {2}debug\.env/,
    );
    expect(out).toMatch(/\d\d:\d\d:\d\d Planning\n/);
    expect(out).toContain(`${deploymentId} deploy shop (web, db) in shop, revision 3: succeeded\n`);
    expect(out).toMatch(/SERVICE +VERDICT +ADDRESS\nweb +succeeded +http:\/\/shop\.example\ndb +succeeded\n$/);
    expect(gateway.askedFor('uploadProject')).toMatchObject([{ name: 'shop', replace: true }]);
    expect(gateway.askedFor('planStack')).toEqual([]);
    expect(gateway.askedFor('deployStack')).toEqual([
      { cluster_id: clusterId, project: 'shop', supersede: true, variables: {}, shell: {}, env_file: {} },
    ]);
  });

  it('takes from the shell only what the project refers to, and shows names, never values', async () => {
    write('prod.env', 'GREETING=from-file\nUNUSED=x\n');
    const environment = { TAG: 'v-secret-1', API_TOKEN: 'canary', HOME: '/home/x', ONLY_IN_A_COMMENT: 'no' };
    const args = [
      'up',
      '-e',
      'EXTRA=typed=1',
      '-e',
      'HOME',
      '--env-file',
      'prod.env',
      '--profile',
      'debug',
      '-n',
      'blue',
    ];
    const { code, error } = await ushadow(args, { environment });
    expect(code).toBe(0);
    const values = {
      shell: { API_TOKEN: 'canary', TAG: 'v-secret-1' },
      env_file: { GREETING: 'from-file' },
    };
    expect(gateway.askedFor('projectVariables')).toEqual([
      {
        cluster_id: clusterId,
        project: 'shop',
        namespace: 'blue',
        profiles: ['debug'],
        typed: { EXTRA: 'typed=1', HOME: '/home/x' },
        ...values,
      },
    ]);
    expect(gateway.askedFor('deployStack')).toMatchObject([
      { namespace: 'blue', profiles: ['debug'], variables: { EXTRA: 'typed=1', HOME: '/home/x' }, ...values },
    ]);
    expect(error).toContain('Variables from this shell: API_TOKEN, TAG\n');
    expect(error).toContain('Variables from env files: GREETING\n');
    expect(error).not.toMatch(/canary|v-secret-1|from-file|prod\.env/);
  });

  it('says every finding with its line, and sends nothing where one is an error', async () => {
    write('compose.yaml', 'services:\n  web:\n    imge: nginx\n  app:\n    build: .\n');
    const { code, error } = await ushadow(['up']);
    expect(code).toBe(1);
    expect(error).toContain('error CPS0401 compose.yaml:3:5');
    expect(error).toContain('error CLI0001 compose.yaml:5:12 Service app is built and has no image');
    expect(error).toMatch(/errors; nothing was sent\.\n$/);
    expect(gateway.asked).toEqual([]);
  });

  it('a service that is only built does not matter where others are named', async () => {
    write('compose.yaml', 'services:\n  web: {image: nginx}\n  app: {build: .}\n');
    expect((await ushadow(['up', 'web'])).code).toBe(0);
    expect(gateway.askedFor('deployStack')).toMatchObject([{ services: ['web'] }]);
  });

  it.each([
    [{ UPLOAD_NAME_TAKEN: 'uploadProject' }, 'with -p NAME'],
    [{ DEPENDENCY_NOT_RUNNING: 'deployStack' }, '--with-dependencies'],
    [{ STACK_AMBIGUOUS: 'deployStack' }, '-n NAMESPACE'],
    [{ NAMESPACE_RESERVED: 'deployStack' }, '-n NAMESPACE'],
    [{ COMPILE_FAILED: 'deployStack' }, 'COMPILE_FAILED'],
  ] as const)('exits with 1 on %j, and says what to do', async (refused, remedy) => {
    for (const [code, operation] of Object.entries(refused))
      gateway.refuse(operation as 'deployStack', code, 'conflict', 'it is so', {
        diagnostics: [{ code: 'CMP0001', file: 'compose.yaml', line: 3, message: 'bad\u001b[2J', remedy: 'mend it' }],
      });
    const { code, error } = await ushadow(['up']);
    expect(code).toBe(1);
    expect(error).toContain(remedy);
    expect(error).toContain('  CMP0001 compose.yaml:3 bad�[2J\n    mend it\n');
  });

  it('a variable without a value is refused in a pipe, with all names and lines', async () => {
    unresolved('DB_PASSWORD', 'REGION');
    const { code, error } = await ushadow(['up']);
    expect(code).toBe(1);
    expect(error).toContain('  DB_PASSWORD (compose.yaml:4) say it\n');
    expect(error).toContain('  REGION (compose.yaml:4) say it\n');
    expect(error).toContain('-e NAME=VALUE');
    expect(gateway.askedFor('deployStack')).toEqual([]);
  });

  it('a place in a file that was sent is told as it lies here, wherever the gateway tells it', async () => {
    const details = {
      diagnostics: [{ code: 'CMP0001', file: 'shop/compose.yaml', line: 3, message: 'see shop/conf' }],
    };
    gateway.refuse('deployStack', 'COMPILE_FAILED', 'conflict', 'shop/compose.yaml and my-shop/compose.yaml', details);
    const here = await ushadow(['up']);
    expect(here.error).toContain(
      'COMPILE_FAILED compose.yaml and my-shop/compose.yaml\n  CMP0001 compose.yaml:3 see shop/conf\n',
    );
    const below = await ushadow(['up'], { workingDirectory: join(folder, 'conf') });
    expect(below.error).toContain('  CMP0001 ../compose.yaml:3 ');
  });

  it('what is adopted may get lost: it is planned first', async () => {
    gateway.answer('planStack', plan({ objects: [planned('Deployment/shop/web', 'recreate', ['web'])] }));
    const args = ['up', '--adopt', 'Deployment/web', '--recreate', 'all'];
    expect(await ushadow(args)).toMatchObject({
      code: 1,
      error: expect.stringContaining('web is deleted and made anew'),
    });
    expect(gateway.askedFor('deployStack')).toEqual([]);
    expect((await ushadow([...args, '--yes'])).code).toBe(0);
  });

  it('is asked for on a terminal: secrets hidden, or generated', async () => {
    unresolved('DB_PASSWORD', 'REGION', 'OTHER_PASSWORD');
    const { code, error } = await ushadow(['up'], { answers: ['', '', 'eu', 'typed-canary'] });
    expect(code).toBe(0);
    const [asked] = gateway.askedFor('deployStack') as [{ variables: Record<string, string> }];
    expect(asked.variables).toMatchObject({ REGION: 'eu', OTHER_PASSWORD: 'typed-canary' });
    expect(asked.variables['DB_PASSWORD']).toMatch(/^.{24,}$/);
    expect(error).not.toContain('typed-canary');
    expect(error).not.toContain(asked.variables['DB_PASSWORD']);
  });

  it('gives up with whoever does not answer', async () => {
    unresolved('REGION');
    expect(await ushadow(['up'], { answers: [undefined] })).toMatchObject({ code: 1 });
    expect(gateway.askedFor('deployStack')).toEqual([]);
  });

  it('does not ask again for what the stack remembers', async () => {
    unresolved('DB_PASSWORD');
    existing().answer(
      'getStack',
      stack({
        configuration: {
          ...stack().configuration,
          variables: [{ name: 'DB_PASSWORD', service: null, source: 'typed', is_secret: true, value: null }],
        },
      }),
    );
    expect((await ushadow(['up'])).code).toBe(0);
  });

  it('asks once more with the infrastructure that the stack has chosen, where something is missing', async () => {
    const missing = { variables: [], unresolved: ['REDIS_URL'], problems: [] };
    gateway.answer('projectVariables', ({ infra_of: chosen }) =>
      Array.isArray(chosen) && chosen.includes('infra') ? { ...missing, unresolved: [] } : missing,
    );
    const configuration = { ...stack().configuration, infra_of: ['infra'] };
    existing().answer('getStack', stack({ configuration }));
    expect((await ushadow(['up'])).code).toBe(0);
    expect(gateway.askedFor('planStack')).toEqual([expect.not.objectContaining({ infra_of: expect.anything() })]);
  });

  it('warns of weak secrets, and of unset variables that the gateway knows nothing of either', async () => {
    write('compose.yaml', 'services:\n  web: {image: "nginx:${A}${B}"}\n');
    gateway.answer('projectVariables', {
      variables: [variable('A', { is_set: true, weak: 'is a word' }), variable('B')],
      unresolved: [],
      problems: [{ code: 'SCANS_AWAY', variable: null, message: 'not asked' }],
    });
    const { error } = await ushadow(['up']);
    expect(error).toContain('warning WEAK_SECRET A is a word (compose.yaml:4)\n');
    expect(error).toContain('warning SCANS_AWAY not asked\n');
    expect(error).toContain('warning CPS0203 compose.yaml:2:16 The variable B is not set');
    expect(error).not.toContain('variable A is not set');
  });

  it('plain updates of a stack go without asking, by exactly the plan', async () => {
    existing();
    expect((await ushadow(['up', '-m', 'why'])).code).toBe(0);
    expect(gateway.askedFor('deployStack')).toEqual([
      { cluster_id: clusterId, project: 'shop', plan_id: planId, supersede: true, message: 'why' },
    ]);
  });

  it('a one-shot that runs again is no loss', async () => {
    existing().answer('planStack', plan({ objects: [planned('Job/shop/migrate', 'recreate', ['migrate'])] }));
    expect((await ushadow(['up'])).code).toBe(0);
  });

  it.each([
    ['delete', '- Deployment/shop/old is deleted'],
    ['recreate', '± Deployment/shop/old is deleted and made anew'],
  ] as const)('what goes (%s) is named, and needs a yes', async (action, line) => {
    existing().answer('planStack', plan({ objects: [planned('Deployment/shop/old', action)] }));
    const piped = await ushadow(['up']);
    expect(piped).toMatchObject({ code: 1, error: expect.stringContaining('--yes') });
    expect(piped.error).toContain(line);
    expect((await ushadow(['up'], { answers: ['n'] })).error).toMatch(/Nothing was changed\.\n$/);
    expect(gateway.askedFor('deployStack')).toEqual([]);
    expect((await ushadow(['up'], { answers: ['y'] })).code).toBe(0);
    expect((await ushadow(['up', '--yes'])).code).toBe(0);
    expect(gateway.askedFor('deployStack')).toMatchObject([{ plan_id: planId }, { plan_id: planId }]);
  });

  it('a namespace that holds others’ objects needs a yes, and is planned first', async () => {
    const refusal = 'the namespace shop exists and holds other things';
    gateway.refuse('deployStack', 'NAMESPACE_NOT_EMPTY', 'conflict', refusal);
    const piped = await ushadow(['up']);
    expect(piped).toMatchObject({ code: 1, error: expect.stringContaining(refusal) });
    expect(gateway.askedFor('planStack')).toEqual([]);
    await ushadow(['up', '--yes']);
    expect(gateway.askedFor('planStack')).toMatchObject([{ into_existing: true }]);
    expect(gateway.askedFor('deployStack').at(-1)).toMatchObject({ plan_id: planId });
  });

  it('a plan that cannot be applied is shown and nothing is deployed', async () => {
    const problem = {
      ...{ code: 'NAME_TAKEN', message: 'web is of another stack', object: 'Deployment/shop/web', field: null },
      ...{ remedy: 'use another namespace', source: { path: '/services/web', file: 'compose.yaml', line: 2 } },
    };
    existing().answer('planStack', plan({ applicable: false, problems: [problem] }));
    const { code, out } = await ushadow(['up']);
    expect(code).toBe(1);
    expect(out).toContain('problem NAME_TAKEN: web is of another stack (compose.yaml:2)\n  use another namespace\n');
    expect(gateway.askedFor('deployStack')).toEqual([]);
  });

  it.each([['up', '--plan'], ['plan']])('%s shows the plan and changes nothing', async (...args) => {
    const { code, out } = await ushadow(args);
    expect(code).toBe(0);
    expect(out).toContain(`ushadow up --apply ${planId}`);
    expect(gateway.askedFor('deployStack')).toEqual([]);
    gateway.answer('planStack', plan({ applicable: false }));
    expect((await ushadow([...args, '--json'])).code).toBe(1);
  });

  it('--apply does exactly what a plan says', async () => {
    gateway.answer('getPlan', plan());
    expect((await ushadow(['up', '--apply', planId, '-d'])).code).toBe(0);
    expect(gateway.asked.map(({ operation }) => operation)).toEqual(['getPlan', 'deployStack']);
    expect((await ushadow(['up', 'web', '--apply', planId])).code).toBe(2);
    expect((await ushadow(['up', '--apply', planId, '-n', 'x'])).code).toBe(2);
  });

  it('passes on how it is to go about it', async () => {
    write('spec.yaml', 'web: {replicas: 2}\n');
    await ushadow([
      ...['up', 'web', 'db', '--keep', '--with-dependencies', '--adopt', 'Secret/old', '--spec', 'spec.yaml'],
      ...['--forget', 'OLD'],
      ...['--deadline', '60', '--stall', '30', '--take-over', '--recreate', 'all', '--no-prune', '--delete-claim', 'c'],
    ]);
    expect(gateway.askedFor('planStack')).toMatchObject([
      {
        ...{ services: ['web', 'db'], rollback: false, with_dependencies: true, adopt: ['Secret/old'] },
        ...{ specs: { web: { replicas: 2 } }, deadline_seconds: 60, stall_seconds: 30, take_over: true },
        ...{ recreate: 'all', prune: false, delete_claims: ['c'], forget: ['OLD'] },
      },
    ]);
  });

  it('--detach returns once it is accepted, with the id', async () => {
    const { code, out } = await ushadow(['up', '--detach']);
    expect(code).toBe(0);
    expect(out).toContain(`ushadow status ${deploymentId} --wait`);
    expect(JSON.parse((await ushadow(['up', '-d', '--json'])).out)).toMatchObject({ deployment_id: deploymentId });
  });

  it('exits with the verdict, and says the cause of each service with its line and remedy', async () => {
    const object = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
    const cause = {
      ...{ id: 'c', code: 'IMAGE_PULL', message: 'no such image', object, severity: 'final' },
      ...{ source: { path: '/x', file: 'compose.yaml', line: 3 }, remedy: 'correct the image' },
    };
    gateway.stream([event('cause.raised', 'Deployment/shop/web: no such image', { cause })], failed);
    const { code, out } = await ushadow(['up']);
    expect(code).toBe(1);
    expect(out).toContain('web      failed');
    expect(out).toContain('web:\n  IMAGE_PULL no such image (compose.yaml:3)\n  remedy: correct the image\n');
    gateway.stream([], { ...failed, status: 'unknown' });
    expect((await ushadow(['up'])).code).toBe(3);
    gateway.stream([], { ...failed, status: 'superseded' });
    expect((await ushadow(['up'])).code).toBe(4);
  });

  it('--json gives the events a line each, then the deployment, and nothing else on standard output', async () => {
    const { code, out } = await ushadow(['up', '--json']);
    const values = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type?: string; status?: string });
    expect([code, values.map(({ type, status }) => type ?? status)]).toEqual([0, ['stage.started', 'succeeded']]);
  });

  it('draws a table of the services on a terminal', async () => {
    const object = { kind: 'Deployment', namespace: 'shop', name: 'web' };
    const data = { object, state: 'progressing' };
    gateway.stream([event('object.status', 'Deployment/shop/web: 1 of 2 pods are available', data)], succeeded);
    const { out } = await ushadow(['up'], { isTerminal: true });
    expect(out).toContain('  web  progressing  1/2  1 of 2 pods are available');
    expect(out).toMatch(/ {2}db +waiting/);
  });

  it('-p NAME is the project of this folder under that name', async () => {
    await ushadow(['up', '-p', 'other']);
    expect(gateway.askedFor('uploadProject')).toMatchObject([{ name: 'other' }]);
    expect(gateway.askedFor('deployStack')).toMatchObject([{ project: 'other' }]);
  });

  it('without Compose files here, -p NAME and PROJECT/SERVICE are those of the catalog', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'ushadow-empty-'));
    const project = {
      ...{ project: 'blog', name: 'blog', origin: 'directory' as const, file: 'blog.yaml', files: [], digest: 'd' },
      ...{ profiles: [], diagnostics: [], updated_at: null },
      services: [
        {
          ...{ service: 'web', service_id: 'blog:web', display_name: 'web', image: 'web', profiles: [], active: true },
          ...{ depends_on: [], published: [], deployable: true, problem: null },
        },
      ],
    };
    gateway.answer('listProjects', { projects: [project], problems: [] });
    const absent = await ushadow(['up', '-p', 'other'], { workingDirectory: empty });
    expect(absent).toMatchObject({ code: 1, error: expect.stringContaining('It has: blog.') });
    const unknown = await ushadow(['up', 'blog/db'], { workingDirectory: empty });
    expect(unknown).toMatchObject({ code: 1, error: 'blog has no service db. It has: web.\n' });
    for (const args of [
      ['up', 'blog/web'],
      ['up', 'web', '-p', 'blog'],
    ])
      expect((await ushadow(args, { workingDirectory: empty })).code).toBe(0);
    expect((await ushadow(['up', 'blog/web'])).code).toBe(0);
    const wanted = { project: 'blog', services: ['web'] };
    expect(gateway.askedFor('deployStack')).toMatchObject([wanted, wanted, wanted]);
    expect(gateway.askedFor('uploadProject')).toEqual([]);
    expect(await ushadow(['up'], { workingDirectory: empty })).toMatchObject({ code: 2 });
    rmSync(empty, { recursive: true });
  });

  it('a project of the catalog gets from shell and env files what it refers to', async () => {
    gateway.answer('listProjects', {
      projects: [
        {
          ...{ project: 'blog', name: 'blog', origin: 'upload', file: 'blog.yaml', files: [], digest: 'd' },
          ...{ profiles: [], services: [], diagnostics: [], updated_at: null },
        },
      ],
      problems: [],
    });
    gateway.answer('projectVariables', {
      variables: [variable('TAG'), variable('REGION'), variable('PATH', { uses: [], containers: ['web'] })],
      unresolved: [],
      problems: [],
    });
    write('prod.env', 'REGION=eu\nTAG=weaker\nUNUSED=x\n');
    const environment = { TAG: '7', PATH: '/bin', HOME: '/root' };
    const args = ['up', '-p', 'blog', '--env-file', 'prod.env', '-e', 'X=1'];
    rmSync(join(folder, 'compose.yaml'));
    const { code, error } = await ushadow(args, { environment });
    expect([code, error]).toEqual([
      ...[0, 'Variables typed: X\nVariables from this shell: TAG\nVariables from env files: REGION\n'],
    ]);
    const sent = { shell: { TAG: '7' }, env_file: { REGION: 'eu' } };
    expect(gateway.askedFor('projectVariables').at(-1)).toMatchObject({ typed: { X: '1' }, ...sent });
    expect(gateway.askedFor('deployStack')).toMatchObject([{ variables: { X: '1' }, ...sent }]);
    expect((await ushadow([...args, '--env-file', 'absent.env'])).code).toBe(2);
  });

  it('keeps which files may be run', async () => {
    write('conf/run.sh', '#!/bin/sh\n');
    chmodSync(join(folder, 'conf/run.sh'), 0o755);
    await ushadow(['up', '-d']);
    const [{ archive = '' } = {}] = gateway.askedFor('uploadProject') as { archive?: string }[];
    const text = Buffer.from(archive, 'base64').toString('latin1');
    expect(text).toContain('conf/run.sh');
  });

  it.each([
    [['up', 'shop:web'], 'shop:web is written shop/web now'],
    [['up', 'a/b', 'c/d'], 'One project at a time'],
    [['up', 'a/b', '-p', 'c'], 'One project at a time'],
    [['up', '/web'], 'SERVICE or PROJECT/SERVICE'],
    [['up', 'a/b/c'], 'SERVICE or PROJECT/SERVICE'],
    [['up', '-e', 'NOT_SET'], 'NOT_SET is not set in this shell'],
    [['up', '-e', '=x'], 'NAME=VALUE'],
    [['up', '--deadline', 'soon'], '--deadline'],
    [['up', '--recreate', 'some'], '--recreate'],
    [['up', '--adopt', 'web'], 'KIND/NAME'],
    [['up', '--spec', 'absent.yaml'], 'absent.yaml cannot be read'],
    [['up', '--spec', 'conf/web.ini'], 'no JSON or YAML mapping'],
    [['up', '--nope'], '--nope'],
    [['deploy', 'shop:web'], 'ushadow up shop/web'],
    [['deploy'], 'ushadow up'],
  ])('exits with 2 on %j', async (args, text) => {
    const { code, error } = await ushadow(args);
    expect([code, error]).toEqual([2, expect.stringContaining(text)]);
    expect(gateway.askedFor('deployStack')).toEqual([]);
  });

  it.each([
    [['up', 'wbe'], 'shop has no service wbe. It has: db, debug, web.'],
    [['up', '-p', 'Bad Name'], 'Bad Name'],
    [['up', '--project-directory', 'conf', '-f', 'compose.yaml'], 'CLI0002'],
  ])('exits with 1 on %j', async (args, text) => {
    const { code, error } = await ushadow(args);
    expect([code, error]).toEqual([1, expect.stringContaining(text)]);
    expect(gateway.askedFor('deployStack')).toEqual([]);
  });

  it('says so when what answers is no gateway of this version', async () => {
    gateway.answer('listClusters', () => [{ cluster: 'garbage' }] as never);
    expect(await ushadow(['up'])).toMatchObject({ code: 1, error: expect.stringContaining('ANSWER_NOT_UNDERSTOOD') });
  });

  it('says which stacks there are where the project has several on the cluster', async () => {
    const stacks = [summary({ namespace: 'blue' }), summary({ namespace: 'green' })];
    gateway.answer('listStacks', { stacks, next_cursor: null });
    const { code, error } = await ushadow(['up']);
    expect(code).toBe(2);
    expect(error).toContain('  --cluster bench -n blue\n  --cluster bench -n green\n');
    // On whatever page they are.
    gateway.answer('listStacks', ({ cursor }) =>
      cursor === undefined ? { stacks: [], next_cursor: '2' } : { stacks, next_cursor: null },
    );
    expect((await ushadow(['up'])).error).toBe(error);
  });
});
