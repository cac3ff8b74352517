import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { loadProject } from '@ushadow/compose';
import type { LoadResult } from '@ushadow/compose';
import { isJsonObject, objectKey } from '@ushadow/kubernetes';
import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { compile, everyService } from '../src/index.ts';
import type { CompileInput, CompileResult } from '../src/index.ts';
import { bareEnvironment } from './harness/compile-file.ts';
import { diskFiles } from './harness/disk-files.ts';
import { composeFixtures } from './harness/fixture-files.ts';

const own = join(dirname(fileURLToPath(import.meta.url)), '../fixtures');
const files = [
  ...readdirSync(own).map((name) => join(own, name, 'compose.yaml')),
  ...composeFixtures()
    .filter(({ standalone }) => standalone)
    .map(({ path }) => path),
];

type Project = NonNullable<LoadResult['project']>;

/** Without any profile switched on, so that there is something that is off. */
function load(file: string): { loaded: LoadResult; project: Project } | undefined {
  const folder = dirname(file);
  const loaded = loadProject({
    files: [file],
    port: diskFiles,
    environment: bareEnvironment(folder),
    workingDirectory: folder,
  });
  return loaded.project === undefined || !loaded.ok ? undefined : { loaded, project: loaded.project };
}

function compileSome(
  { loaded, project }: { loaded: LoadResult; project: Project },
  services: CompileInput['services'],
  claims?: CompileResult['claims'],
): CompileResult {
  return compile({
    project,
    positions: loaded.positions,
    directory: loaded.directory,
    declared: loaded.declaredEnvironment,
    variables: loaded.interpolationEnvironment,
    files: diskFiles,
    ...(services === undefined ? {} : { services }),
    ...(claims === undefined ? {} : { claims }),
    target: { namespace: 'test', policies: { networks: true } },
  });
}

const KEYS: Readonly<Record<string, string>> = {
  configMapRef: 'ConfigMap',
  configMapKeyRef: 'ConfigMap',
  configMap: 'ConfigMap',
  secretRef: 'Secret',
  secretKeyRef: 'Secret',
  secret: 'Secret',
  persistentVolumeClaim: 'PersistentVolumeClaim',
};

/** `Kind/name` of everything that a pod of the object names. */
function named(value: JsonValue, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) named(item, found);
  if (!isJsonObject(value)) return found;
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    const kind = KEYS[key];
    if (kind !== undefined && isJsonObject(inner)) {
      const name = inner.name ?? inner.secretName ?? inner.claimName;
      if (typeof name === 'string') found.add(`${kind}/${name}`);
    }
    if (key === 'serviceAccountName' && typeof inner === 'string') found.add(`ServiceAccount/${inner}`);
    named(inner, found);
  }
  return found;
}

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);
const key = ({ kind, metadata }: KubeObject): string => `${kind}/${metadata.name}`;

function sharesByName({ objects, shares }: CompileResult): ReadonlyMap<string, readonly string[]> {
  return new Map(objects.map((object, index) => [key(object), shares[index]?.services ?? []]));
}

const projects = files.flatMap((file) => {
  const loaded = load(file);
  return loaded === undefined ? [] : [[file, loaded] as const];
});

describe.each(projects)('%s', (_file, loaded) => {
  const whole = compileSome(loaded, 'all');
  const shares = sharesByName(whole);

  it('gives every object to services of the project, in order', () => {
    const all = new Set(everyService(loaded.project));
    expect(whole.shares.map(({ object }) => objectKey(object))).toHaveLength(whole.objects.length);
    for (const [name, services] of shares) {
      expect([name, services.length > 0]).toEqual([name, true]);
      expect(services.filter((service) => !all.has(service))).toEqual([]);
      expect(services).toEqual([...new Set(services)].sort());
    }
  });

  it('gives what a pod names to every service that runs in it', () => {
    for (const object of whole.objects.filter(({ kind }) => WORKLOADS.has(kind))) {
      const running = shares.get(key(object)) ?? [];
      for (const name of named(object as unknown as JsonValue)) {
        const users = shares.get(name);
        if (users !== undefined) expect([name, users]).toEqual([name, expect.arrayContaining([...running])]);
      }
    }
  });

  it('compiles a service alone to the very objects that it has in the whole', () => {
    const texts = new Map(whole.objects.map((object) => [key(object), JSON.stringify(object)]));
    for (const service of Object.keys(loaded.project.services)) {
      const alone = compileSome(loaded, [service]);
      const names = alone.objects.map(key);
      const wanted = [...shares].filter(([, services]) => services.includes(service)).map(([name]) => name);
      expect(names).toEqual(expect.arrayContaining(wanted));
      for (const object of alone.objects) expect(JSON.stringify(object)).toBe(texts.get(key(object)));
      expect(alone.claims).toEqual(whole.claims);
    }
  });

  it('changes nothing when it is told where its volumes are', () => {
    const again = compileSome(loaded, 'all', whole.claims);
    expect(again.claims).toEqual(whole.claims);
    expect(again.objects).toEqual(whole.objects);
  });

  it('says nothing of services that are not asked for', () => {
    const [first] = Object.keys(loaded.project.services);
    if (first === undefined) return;
    const { diagnostics } = compileSome(loaded, [first]);
    const mates = new Set([first, ...[...shares.values()].filter((users) => users.includes(first)).flat()]);
    const others = everyService(loaded.project).filter((service) => !mates.has(service));
    const about = diagnostics.map(({ path }) => path.split('/')).filter(([, section]) => section === 'services');
    expect(about.filter(([, , service = '']) => others.includes(service))).toEqual([]);
  });
});

describe('a volume that an inactive profile mounts too', () => {
  const text = [
    'name: selection',
    'services:',
    '  db: {image: "postgres:16", volumes: ["rows:/var/lib/postgresql/data"]}',
    '  backup: {image: "postgres:16", profiles: [backup], volumes: ["rows:/rows:ro"]}',
    '  debug: {image: busybox, profiles: [debug], network_mode: "service:db", environment: {A: b}}',
    'volumes: {rows: {}}',
  ].join('\n');
  const port = { ...diskFiles, read: () => text, stat: () => ({ kind: 'file' as const, size: text.length }) };
  const loaded = loadProject({ files: ['/c/compose.yaml'], port, environment: {}, workingDirectory: '/c' });
  const { project } = loaded;
  if (project === undefined) throw new Error('not loaded');
  const some = (services: CompileInput['services'], findingsFor?: readonly string[]) =>
    compile({
      project,
      positions: loaded.positions,
      directory: loaded.directory,
      files: diskFiles,
      ...(services === undefined ? {} : { services }),
      ...(findingsFor === undefined ? {} : { findingsFor }),
      target: { namespace: 'test' },
    });

  it('has one claim, whatever is selected', () => {
    for (const services of [undefined, ['db'], ['backup'], ['db', 'backup'], 'all'] as const) {
      const { objects, claims } = some(services);
      const held = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ metadata }) => metadata.name);
      expect(held).toEqual(['selection-rows']);
      expect(claims).toEqual({ rows: 'selection-rows/data' });
    }
  });

  it('keeps a service that is off out of the pod of another, until it is named', () => {
    const containers = (result: CompileResult) => {
      const object = result.objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'db');
      const spec = object?.['spec'] as { template: { spec: { containers: { name: string }[] } } } | undefined;
      return spec?.template.spec.containers.map(({ name }) => name);
    };
    expect(containers(some('all'))).toEqual(['db']);
    expect(containers(some('all', ['debug']))).toEqual(['db', 'debug']);
    expect(containers(some(['debug']))).toEqual(['db', 'debug']);
    expect(sharesByName(some('all')).get('ConfigMap/debug-config')).toEqual(['debug']);
    expect(sharesByName(some('all', ['debug'])).get('ConfigMap/debug-config')).toEqual(['db', 'debug']);
  });

  it('points at the line of a service that is off', () => {
    const entry = some('all').sourceMap.find(({ path }) => path === '/services/backup/image');
    expect(entry?.position).toMatchObject({ file: '/c/compose.yaml', line: 4 });
  });
});
