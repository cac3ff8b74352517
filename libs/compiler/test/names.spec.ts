import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { KubeObject } from '@ushadow/kubernetes';
import { dnsLabel, isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue, isPortName } from '@ushadow/kubernetes';
import type { CompileResult } from '../src/index.ts';
import type { LooseProject } from '../src/testing/compile-project.ts';
import { compileProject } from '../src/testing/compile-project.ts';

const PROJECT = 'web';
const FILES = { '/p/site/a.conf': 'a', '/p/site/..odd': 'b', '/p/site/s/b c.conf': 'c', '/p/key.pem': 'k' };
/** Words that meet what others come to be called. */
const word = fc.constantFrom(
  ...['web', 'db', 'a_b', 'a-b', 'a.b', 'A-B', 'A_b', '1a', 'web-config', 'web-secrets', 'web-ready', 'web-outward'],
  ...['web-outward-2', 'web-wait', 'web-published', 'network-web', 'config', 'secrets', 'tls', 'data', 'host-data'],
  ...['web-files', 'wait-for-web', 'copy-web', 'web-pre-start-1', 'init-service', 'data-db-0', 'x'.repeat(60)],
  ...[`${'x'.repeat(63)}`, `${'x'.repeat(63)}y`, `${'X'.repeat(60)}`, `${'y'.repeat(200)}`, `${'y'.repeat(199)}z`],
  ...['a_b', 'A.B'].map((text) => dnsLabel(text)),
  ...['web/site', 'web/srv', 'web-files/site'].map((text) => dnsLabel(text)),
  dnsLabel('x'.repeat(63), 'rfc1035', 52),
);
const name = fc.oneof({ weight: 4, arbitrary: word }, fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,70}$/));
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 5 });

const service = fc.record(
  {
    others: fc.array(name, { maxLength: 2 }),
    container: name,
    host: name,
    joins: fc.nat(5),
    waits: fc.nat(5),
    init: name,
    volumes: fc.array(fc.tuple(fc.nat(3), fc.constantFrom('/d', '/e', '/site/x')), { maxLength: 2 }),
    binds: fc.subarray(['./site', './data', './a_b', './a-b', './key.pem']),
    grants: fc.array(fc.tuple(fc.boolean(), fc.nat(3)), { maxLength: 3 }),
    environment: fc.constantFrom({ A: '1' }, { PASSWORD: 'hunter22', '1 odd': 'x', A: '2' }),
    ports: fc.uniqueArray(
      fc.record({
        target: fc.integer({ min: 1, max: 9000 }),
        label: fc.option(fc.constantFrom('http', 'http-2', 'http-3', 'a--b', 'x'.repeat(20)), { nil: undefined }),
      }),
      { maxLength: 3, selector: ({ target }) => target },
    ),
    kind: fc.constantFrom('', 'statefulset', 'daemonset'),
    exposed: fc.constantFrom('', 'nodeport'),
    once: fc.boolean(),
    hooks: fc.nat(2),
  },
  { requiredKeys: [] },
);
const resource = fc.record({ given: fc.option(name, { nil: undefined }), external: fc.boolean() });
const project = fc.record({
  services: names.chain((all) => fc.tuple(...all.map((each) => service.map((what) => [each, what] as const)))),
  networks: names,
  volumes: names.chain((all) => fc.tuple(...all.map((each) => resource.map((what) => [each, what] as const)))),
  configs: names.chain((all) => fc.tuple(...all.map((each) => resource.map((what) => [each, what] as const)))),
  secrets: names.chain((all) => fc.tuple(...all.map((each) => resource.map((what) => [each, what] as const)))),
});
type Drawn = typeof project extends fc.Arbitrary<infer T> ? T : never;
type Resources = Drawn['configs'];

const at = <T>(items: readonly T[], index: number): T | undefined => items[index];
const table = (resources: Resources, content: boolean): Readonly<Record<string, never>> =>
  Object.fromEntries(
    resources.map(([key, { given, external }]) => [
      key,
      {
        name: given ?? `${PROJECT}_${key}`,
        ...(external ? { external: true } : content ? { content: `of ${key}` } : {}),
      } as never,
    ]),
  );

type What = Drawn['services'][number][1];
type Loose = Readonly<Record<string, unknown>>;

/** Where it is, whom it waits for, and what else it is called. */
function reachOf(what: What, earlier: readonly string[], networks: readonly string[]): Loose {
  const [joins, waits] = [at(earlier, what.joins ?? 9), at(earlier, what.waits ?? 9)];
  const condition = what.once === true ? 'service_completed_successfully' : 'service_healthy';
  return {
    ...(what.container === undefined ? {} : { container_name: what.container }),
    ...(what.host === undefined || joins !== undefined ? {} : { hostname: what.host }),
    ...(joins === undefined
      ? { networks: Object.fromEntries(networks.map((each) => [each, { aliases: what.others ?? [] }])) }
      : { network_mode: `service:${joins}` }),
    ...(waits === undefined ? {} : { depends_on: { [waits]: { condition, required: true } } }),
  };
}

function mountsOf({ volumes = [], binds = [], grants = [] }: What, drawn: Drawn): Loose {
  const key = (resources: Resources, index: number): string => resources[index % resources.length]?.[0] ?? '';
  const bound = (source: string): Loose => ({
    type: 'bind',
    source: `/p/${source.slice(2)}`,
    target: source === './site' ? '/site' : `/b/${source.slice(2)}`,
  });
  return {
    volumes: [
      ...volumes.map(([which, target]) => ({ type: 'volume', source: key(drawn.volumes, which), target })),
      ...binds.map(bound),
    ],
    configs: grants.filter(([secret]) => !secret).map(([, which]) => ({ source: key(drawn.configs, which) })),
    secrets: grants.filter(([secret]) => secret).map(([, which]) => ({ source: key(drawn.secrets, which) })),
  };
}

function labelsOf({ init, kind = '', exposed = '' }: What): Loose {
  return {
    ...(init === undefined ? {} : { 'kompose.init.containers.name': init, 'kompose.init.containers.image': 'busybox' }),
    ...(kind === '' ? {} : { 'kompose.controller.type': kind }),
    ...(exposed === '' ? {} : { 'kompose.service.type': exposed }),
  };
}

/** What was drawn, as the loader would give it. */
function toProject(drawn: Drawn): LooseProject {
  const { services, networks, volumes, configs, secrets } = drawn;
  const built = services.map(([own, what], index) => {
    const earlier = services.slice(0, index).map(([other]) => other);
    const service = {
      ...reachOf(what, earlier, networks),
      ...mountsOf(what, drawn),
      healthcheck: { test: ['CMD', 'true'] },
      environment: what.environment ?? {},
      ports: (what.ports ?? []).map(({ target, label }) => ({
        target,
        published: String(target),
        protocol: 'tcp',
        ...(label === undefined ? {} : { name: label }),
      })),
      labels: labelsOf(what),
      pre_start: Array.from({ length: what.hooks ?? 0 }, () => ({ command: ['true'] })),
    };
    return [own, service as never] as const;
  });
  return {
    name: PROJECT,
    services: Object.fromEntries(built),
    networks: Object.fromEntries(networks.map((each) => [each, { name: `${PROJECT}_${each}` } as never])),
    volumes: table(volumes, false),
    configs: table(configs, true),
    secrets: table(secrets, true),
  };
}

const compiled = (drawn: Drawn): CompileResult =>
  compileProject(toProject(drawn), {
    files: FILES,
    target: { namespace: 'n', policies: { networks: true } },
    options: { waitInitContainers: true },
  });

interface Pod {
  readonly containers: readonly Named[];
  readonly initContainers?: readonly Named[];
  readonly volumes?: readonly Named[];
}
interface Named {
  readonly name: string;
  readonly ports?: readonly Named[];
}

const podOf = ({ spec }: KubeObject & { readonly spec?: unknown }): Pod | undefined =>
  (spec as { readonly template?: { readonly spec: Pod } } | undefined)?.template?.spec;

const twice = (items: readonly string[]): readonly string[] =>
  items.filter((item, index) => items.indexOf(item) < index);

function isValidName(object: KubeObject): boolean {
  const { kind, metadata } = object;
  if (kind === 'Service') return isDnsLabel(metadata.name, 'rfc1035');
  if (podOf(object) === undefined) return isDnsSubdomain(metadata.name);
  // Controllers write the names of some kinds, and more, into labels of their pods.
  const limit = kind === 'StatefulSet' || kind === 'CronJob' ? 52 : 63;
  return isDnsLabel(metadata.name) && metadata.name.length <= limit;
}

function faultsOfPod(pod: Pod): readonly string[] {
  const containers = [...pod.containers, ...(pod.initContainers ?? [])];
  const ports = containers.flatMap((container) => (container.ports ?? []).map((port) => port.name));
  const labels = [containers, pod.volumes ?? []].map((items) => items.map((item) => item.name));
  return [
    ...[...labels, ports].flatMap(twice),
    ...labels.flat().filter((each) => !isDnsLabel(each)),
    ...ports.filter((port) => !isPortName(port)),
  ];
}

/** Whatever is wrong with the names of what a project becomes. */
function faultsOf({ objects }: CompileResult): readonly string[] {
  const ids = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  const ofEach = objects.flatMap((object) => {
    const { data = {}, binaryData = {} } = object as { data?: object; binaryData?: object };
    const pod = podOf(object);
    return [
      ...(isValidName(object) ? [] : [`${object.kind}/${object.metadata.name}`]),
      ...Object.entries(object.metadata.labels ?? {})
        .filter(([label, value]) => !isLabelKey(label) || !isLabelValue(value))
        .map(([label, value]) => `${label}=${value}`),
      ...Object.keys({ ...data, ...binaryData }).filter((key) => !/^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/.test(key)),
      ...(pod === undefined ? [] : faultsOfPod(pod)),
    ];
  });
  return [...twice(ids), ...ofEach];
}

describe('names of whole projects', () => {
  it('no two objects, and no two containers, ports or volumes of a pod, have one; each is valid for its kind', () => {
    fc.assert(
      fc.property(project, (drawn) => {
        expect(faultsOf(compiled(drawn))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('no valid project is refused for its names', () => {
    fc.assert(
      fc.property(project, (drawn) => {
        const errors = compiled(drawn).diagnostics.filter(({ severity }) => severity === 'error');
        expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('a config or secret of the file is mounted with its own content, whatever it is called', () => {
    fc.assert(
      fc.property(project, (drawn) => {
        expect(mountedContents(compiled(drawn)).filter(([target, content]) => content !== `of ${target}`)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('volumes have one claim exactly where the file gives them one name', () => {
    fc.assert(
      fc.property(project, (drawn) => {
        const { claims } = compiled(drawn);
        const volumes = drawn.volumes.flatMap(([key, { given }]) => {
          const claim = Object.hasOwn(claims, key) ? claims[key] : undefined;
          return claim === undefined ? [] : [{ claim, called: given ?? `${PROJECT}_${key}` }];
        });
        for (const one of volumes)
          for (const other of volumes) expect(one.claim === other.claim).toBe(one.called === other.called);
      }),
      { numRuns: 150 },
    );
  });

  it('a further service renames nothing that does not sound like it', () => {
    fc.assert(
      fc.property(project, (drawn) => {
        const [[, used] = ['', undefined], ...others] = drawn.configs;
        fc.pre(used?.external !== true || others.every(([, { given }]) => given !== used.given));
        const extra: Drawn['services'][number] = ['newcomer', { grants: [[false, 0]], binds: ['./data'] }];
        const idsOf = ({ objects }: CompileResult): readonly string[] =>
          objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
        const result = compiled({ ...drawn, services: [...drawn.services, extra] });
        // What is outside is wanted under its very name, and what is the project's own makes way.
        const wanted =
          used?.external === true ? configMapsOf(result, 'newcomer').map((each) => `ConfigMap/${each}`) : [];
        const after = new Set([...idsOf(result), ...wanted]);
        expect(idsOf(compiled(drawn)).filter((id) => !after.has(id))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

interface Mounting {
  readonly containers: readonly {
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  }[];
  readonly volumes?: readonly {
    readonly name: string;
    readonly configMap?: { readonly name: string };
    readonly secret?: { readonly secretName: string };
  }[];
}

/** The ConfigMaps that the pods of a workload mount, whoever makes them. */
function configMapsOf({ objects }: CompileResult, workload: string): readonly string[] {
  return objects.flatMap((object) => {
    if (object.metadata.name !== workload) return [];
    const pod = podOf(object) as Mounting | undefined;
    return (pod?.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? []);
  });
}

/** What lies in ConfigMaps of the project's own that services mount at the root, by the place. */
function mountedContents({ objects }: CompileResult): readonly (readonly [string, string])[] {
  const contentOf = (kind: string, name: string | undefined): string | undefined => {
    const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
    const [value] = Object.values(
      (found as { readonly data?: Readonly<Record<string, string>> } | undefined)?.data ?? {},
    );
    return value;
  };
  return objects.flatMap((object) => {
    const pod = podOf(object) as Mounting | undefined;
    return (pod?.containers ?? []).flatMap(({ volumeMounts = [] }) =>
      volumeMounts.flatMap(({ name, mountPath }): readonly (readonly [string, string])[] => {
        const secretTarget = /^\/run\/secrets\/(.*)$/.exec(mountPath)?.[1];
        const volume = pod?.volumes?.find((each) => each.name === name);
        const plain = contentOf('ConfigMap', volume?.configMap?.name);
        const hidden = contentOf('Secret', volume?.secret?.secretName);
        if (secretTarget !== undefined && hidden !== undefined)
          return [[secretTarget, Buffer.from(hidden, 'base64').toString()]];
        const isRoot = !/^\/.*\//.test(mountPath) && mountPath !== '/site';
        return isRoot && plain !== undefined ? [[mountPath.slice(1), plain]] : [];
      }),
    );
  });
}
