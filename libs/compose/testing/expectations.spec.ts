import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { parseDotenv } from '../src/dotenv/parse-dotenv.ts';
import type { FilePort } from '../src/files/file-port.ts';
import type { LoadInput, LoadResult } from '../src/load-input.ts';
import { loadProject } from '../src/load-project.ts';
import type { ComposeService } from '../src/model.ts';
import { MemoryFilePort } from '../src/files/memory-file-port.ts';
import { Report } from '../src/diagnostics/report.ts';
import { DEFAULT_LIMITS } from '../src/limits.ts';
import { parseYaml } from '../src/parse/parse-yaml.ts';
import { validateSchema } from '../src/schema/validate.ts';
import { diskFiles } from './disk-files.ts';
import { fixtures, fixturesMissing, named, table } from './fixtures.ts';

const root = join(fixtures, 'compose-go/compose-go');
const cli = (path: string): string => join(root, 'cli/testdata', path);
const loader = (path: string): string => join(root, 'loader/testdata', path);

/** The fixtures with some files added. */
function withFiles(added: Readonly<Record<string, string>>): FilePort {
  const memory = new MemoryFilePort(added);
  return {
    read: (path) => memory.read(path) ?? diskFiles.read(path),
    stat: (path) => memory.stat(path) ?? diskFiles.stat(path),
    list: (path) => [...memory.list(path), ...diskFiles.list(path)],
  };
}

function load(files: readonly string[], input: Partial<LoadInput> = {}): LoadResult {
  return loadProject({ files, port: diskFiles, environment: {}, ...input });
}

/** Loads a text as if it lay in a folder of the fixtures. */
function loadAt(
  folder: string,
  text: string,
  input: Partial<LoadInput> = {},
  added: Record<string, string> = {},
): LoadResult {
  const file = join(folder, 'added-compose.yaml');
  return load([file], { port: withFiles({ [file]: text, ...added }), ...input });
}

function serviceOf(result: LoadResult, name: string): ComposeService {
  const found = result.project?.services[name];
  if (!found || !result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return found;
}

const codes = (result: LoadResult): readonly string[] =>
  result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);

function env(path: string, outer: Record<string, string> = {}): Record<string, string> {
  const { entries } = parseDotenv(diskFiles.read(join(root, 'dotenv/fixtures', path)) ?? '', (name) => outer[name]);
  return Object.fromEntries(entries.map(({ name, value }) => [name, value]));
}

const extending = (service: string, file = 'extends/base.yaml', more = ''): LoadResult =>
  loadAt(loader(''), `services:\n  bar:\n    image: bar\n    extends: {service: ${service}, file: ${file}}\n${more}`);

const invalidName = (name: string) => (): void => {
  for (const input of [{ projectName: name }, { environment: { COMPOSE_PROJECT_NAME: name } }]) {
    const result = load([cli('simple/compose.yaml')], input);
    expect(codes(result)).toEqual(['CPS0901']);
    expect(result.diagnostics[0]?.message).toContain(JSON.stringify(name));
  }
};

const undefinedZot = (service: string) => (): void => {
  const result = extending(service, 'extends/depends_on.yaml');
  expect(result.diagnostics.map(({ message }) => message)).toContain(
    'Service bar depends on zot, which is not defined.',
  );
};

const refusedRemote = (text: string) => (): void => {
  expect(codes(loadAt(loader(''), text))).toEqual(expect.arrayContaining(['CPS0012']));
};

/** How each statement of the table is checked. */
const CHECKS: Readonly<Record<string, () => void>> = {
  'name-flag': () =>
    expect(load([cli('simple/compose.yaml')], { projectName: 'my_project' }).project?.name).toBe('my_project'),
  'name-flag-leading-digit': () =>
    expect(load([cli('simple/compose.yaml')], { projectName: '42my_project_num' }).project?.name).toBe(
      '42my_project_num',
    ),
  'name-invalid -my_project': invalidName('-my_project'),
  'name-invalid _my_project': invalidName('_my_project'),
  'name-invalid www.my.project': invalidName('www.my.project'),
  'name-invalid MY_PROJECT': invalidName('MY_PROJECT'),
  'name-empty': () => expect(load([cli('simple/compose.yaml')], { projectName: '' }).project?.name).toBe('simple'),
  'name-root': () => expect(codes(load([cli('simple/compose.yaml')], { projectDirectory: '/' }))).toEqual(['CPS0902']),
  'name-folder-normalised': () =>
    expect(load([cli('UNNORMALIZED PATH/compose.yaml')]).project?.name).toBe('unnormalizedpath'),
  'name-dotenv': () => {
    const { project, filesRead } = load([], { workingDirectory: cli('env-file') });
    expect(project?.name).toBe('my_project_from_dot_env');
    expect(filesRead).toContain(cli('env-file/compose-with-env-file.yaml'));
  },
  'name-interpolated': () =>
    expect(load([cli('simple/compose-name.yaml')], { environment: { TEST: 'expected' } }).project?.name).toBe(
      'test-expected-test',
    ),
  'two-files': () =>
    expect(
      serviceOf(load([cli('simple/compose.yaml'), cli('simple/compose-with-overrides.yaml')]), 'simple').image,
    ).toBe('haproxy'),
  'dotenv-interpolation': () =>
    expect(serviceOf(load([cli('simple/compose-with-variables.yaml')]), 'simple').ports?.[0]?.published).toBe('8000'),
  'env-file-environment': () => {
    const result = load([cli('env-file/compose-with-env-file.yaml')], {
      environment: { COMPOSE_DISABLE_ENV_FILE: '1' },
    });
    expect(serviceOf(result, 'simple').environment).toEqual({ DEFAULT_PORT: '8080' });
    expect(serviceOf(result, 'simple').ports?.[0]?.published).toBe('8000');
    expect(result.project?.name).toBe('env-file');
  },
  'env-files-last-wins': () => {
    const envFiles = [cli('env-file/.env'), cli('env-file/override.env')];
    const simple = serviceOf(load([cli('env-file/compose-with-env-files.yaml')], { envFiles }), 'simple');
    expect(simple.environment).toEqual({ DEFAULT_PORT: '9090' });
    expect(simple.ports?.[0]?.published).toBe('9000');
  },
  'empty-file': () => expect(codes(load([loader('empty.yaml')]))).toEqual(['CPS0108']),
  'extends-file': () => {
    const importer = serviceOf(load([loader('compose-test-extends.yaml')]), 'importer');
    expect(importer).toMatchObject({
      image: 'nginx',
      container_name: 'imported',
      environment: { SOURCE: 'extends' },
      networks: { default: null },
    });
    expect(importer.volumes).toMatchObject([{ type: 'bind', target: '/var/lib/mysql' }]);
  },
  'extends-url-context': () => {
    const result = load([loader('compose-test-extends-with-context-url.yaml')]);
    const [service] = Object.values(result.project?.services ?? {});
    expect(service?.build?.context).toMatch(/^https?:/);
    expect(service?.build?.dockerfile).toBe('Dockerfile');
  },
  'extends-nested': () => {
    const text =
      'services:\n  a: {extends: {service: base, file: extends/base.yaml}}\n  b: {extends: {service: another, file: extends/base.yaml}}';
    const result = loadAt(loader(''), text);
    expect([serviceOf(result, 'a').image, serviceOf(result, 'b').image]).toEqual(['base', 'base']);
  },
  'extends-ports': () => expect(serviceOf(extending('with-port'), 'bar').ports).toMatchObject([{ target: 8000 }]),
  'extends-ulimits': () =>
    expect(serviceOf(extending('withUlimits'), 'bar').ulimits).toEqual({
      nproc: 65535,
      nofile: { soft: 20000, hard: 40000 },
    }),
  'extends-relative-build': () =>
    expect(serviceOf(extending('with-build'), 'bar').build?.context).toBe(loader('extends')),
  'extends-null-service': () => expect(serviceOf(extending('nil'), 'bar').image).toBe('bar'),
  'extends-missing-service-key': () => {
    const text = 'services: {bar: {image: bar, extends: {file: extends/base.yaml}}}';
    expect(codes(loadAt(loader(''), text))).toEqual(['CPS0504']);
  },
  'extends-same-port-twice': () => {
    const override = join(loader('extends'), 'override.yaml');
    const port = withFiles({ [override]: 'services: {test: {extends: {file: ports.yaml, service: test}}}' });
    expect(serviceOf(load([loader('extends/ports.yaml'), override], { port }), 'test').ports).toHaveLength(1);
  },
  'extends-reference with_depends_on': undefinedZot('with_depends_on'),
  'extends-reference with_volumes_from': undefinedZot('with_volumes_from'),
  'extends-reference with_ipc': undefinedZot('with_ipc'),
  'extends-reference with_network_mode': undefinedZot('with_network_mode'),
  'extends-reset': () => {
    const result = loadAt(loader(''), 'services: {foo: {extends: {service: base, file: extends/reset.yaml}}}');
    expect(serviceOf(result, 'foo').command).toBeNull();
  },
  'extends-interpolated': () => {
    const result = loadAt(loader(''), 'services: {bar: {extends: {service: foo, file: extends/interpolated.yaml}}}');
    expect(serviceOf(result, 'bar').volumes?.[0]?.source).toBe('/dev/null');
  },
  'extends-folder-chain': () =>
    expect(serviceOf(load([loader('extends/withdir/compose.yaml')]), 'test').image).toBe('hello-world'),
  'include-and-extends': () => {
    const result = load([loader('combined/compose.yaml')]);
    expect(codes(result)).toEqual([]);
    const contexts = Object.values(result.project?.services ?? {}).map(({ build }) => build?.context);
    expect(contexts).toContain(loader('combined/dir'));
  },
  'include-nested-extends': () =>
    expect(serviceOf(loadAt(loader(''), 'include: [extends/nested.yaml]'), 'with-build').build).toBeDefined(),
  'include-relative': () => {
    const included = serviceOf(load([loader('include/compose.yaml')]), 'included');
    expect([included.build?.context, included.volumes?.[0]?.source]).toEqual([loader('include'), loader('include')]);
  },
  'include-project-directory': () => {
    const result = load([loader('include/project-directory.yaml')]);
    expect(codes(result)).toEqual([]);
    const texts = JSON.stringify(result.project?.services);
    expect(texts).toContain(loader('subdir'));
  },
  'include-env-file': () => {
    const text = 'include: [{path: subdir/compose-test-extends-imported.yaml, env_file: subdir/extra.env}]';
    expect(serviceOf(loadAt(loader(''), text), 'imported').container_name).toBe('extends');
  },
  'include-env-file-outer-wins': () => {
    const text = 'include: [{path: subdir/compose-test-extends-imported.yaml, env_file: subdir/extra.env}]';
    const result = loadAt(loader(''), text, { environment: { SOURCE: 'override' } });
    expect(serviceOf(result, 'imported').container_name).toBe('override');
  },
  'include-twice': () => {
    const text =
      'include: [{path: compose-include.yaml}, {path: subdir/compose-test-extends-imported.yaml, env_file: subdir/extra.env}]';
    expect(codes(loadAt(loader(''), text, { environment: { SOURCE: 'override' } }))).toEqual([]);
  },
  'include-override': () => {
    const text = 'include: [compose-include.yaml]\nservices: {bar: {environment: !override [ZOT=QIX]}}';
    expect(serviceOf(loadAt(loader(''), text), 'bar').environment).toEqual({ ZOT: 'QIX' });
  },
  'include-second-file-overrides': () => {
    const [first, second] = [join(loader(''), 'one.yaml'), join(loader(''), 'two.yaml')];
    const port = withFiles({
      [first]: 'include: [subdir/compose-test-extends-imported.yaml]',
      [second]: 'services: {imported: {image: overridden}}',
    });
    expect(serviceOf(load([first, second], { port }), 'imported').image).toBe('overridden');
  },
  'include-cycle': () => expect(codes(load([loader('compose-include-cycle.yaml')]))).toContain('CPS0506'),
  'depends-on-cycle': () =>
    expect(load([loader('compose-depends-on-cycle.yaml')]).diagnostics.at(-1)?.message).toContain(
      'service1 -> service2 -> service3 -> service1',
    ),
  'depends-on-self': () =>
    expect(load([loader('compose-depends-on-self.yaml')]).diagnostics.at(-1)?.message).toContain(
      'service1 -> service1',
    ),
  'version-and-anonymous-volume': () => {
    const result = load([loader('compose-test-with-version.yaml')]);
    expect(result.diagnostics.map(({ code }) => code)).toContain('CPS0911');
    expect(serviceOf(result, 'web')).toMatchObject({
      volumes_from: ['other'],
      depends_on: { other: { required: true } },
    });
    expect(serviceOf(result, 'other').volumes).toMatchObject([{ type: 'volume', target: '/data' }]);
    expect(Object.keys(result.project?.networks ?? {}).sort()).toEqual(['default', 'front']);
  },
  // Remote files are refused here: a load reads nothing from the network.
  'remote-extends': refusedRemote('services: {a: {extends: {file: "https://host/compose.yaml", service: foo}}}'),
  'remote-nested': refusedRemote('include: ["https://host/nested/compose.yaml"]'),
  'remote-cycle': () => expect(codes(load([loader('remote/cycle/compose.yaml')]))).not.toEqual([]),
  'label-file': () => {
    const text =
      'services:\n  service_1: {image: x, label_file: example1.label}\n  service_2: {image: x, label_file: [example2.label]}';
    const result = loadAt(join(root, 'loader'), text);
    expect(Object.keys(serviceOf(result, 'service_1').labels ?? {}).sort()).toEqual([
      'BAR',
      'BAZ',
      'FOO',
      'LABEL.WITH.DOT',
      'LABEL_WITH_UNDERSCORE',
    ]);
    expect(serviceOf(result, 'service_2').labels).toEqual({
      BAR: 'bar_from_label_file_2',
      QUX: 'quz_from_label_file_2',
    });
  },
  'env-file-two': () => {
    const text = 'services: {a: {image: x, env_file: [example1.env, {path: example2.env, required: false}]}}';
    expect(serviceOf(loadAt(join(root, 'loader'), text), 'a').environment).toEqual({
      FOO: 'foo_from_env_file',
      BAZ: 'baz_from_env_file',
      BAR: 'bar_from_env_file_2',
      QUX: 'quz_from_env_file_2',
      'ENV.WITH.DOT': 'ok',
      ENV_WITH_UNDERSCORE: 'ok',
    });
  },
  'env-file-interpolation-order': () => {
    const text =
      'services: {a: {image: x, env_file: base.env, environment: [FOO=foo_from_environment, BAR=bar_from_environment, QIX]}}';
    const environment = { FOO: 'FOO_from_os.env', QIX: 'QIX_from_os.env' };
    expect(serviceOf(loadAt(join(root, 'types/fixtures'), text, { environment }), 'a').environment).toEqual({
      FOO: 'foo_from_environment',
      BAR: 'bar_from_environment',
      QIX: 'QIX_from_os.env',
      ZOT: 'zot_from_base.env',
      INTERPOLATED_FOO: 'FOO_from_os.env',
      INTERPOLATED_BAR: 'bar_from_environment',
      INTERPOLATED_ZOT: 'zot_from_base.env',
    });
  },
  'env-file-interpolation-two-files': () => {
    const text = 'services: {a: {image: x, env_file: [base.env, override.env]}}';
    expect(serviceOf(loadAt(join(root, 'types/fixtures'), text), 'a').environment).toMatchObject({
      FOO: 'foo_from_override.env',
      INTERPOLATED_FOO: 'foo_from_override.env',
      INTERPOLATED_BAR: 'bar_from_override.env',
      INTERPOLATED_ZOT: 'zot_from_base.env',
    });
  },
  'every-field-variable': () => {
    const file = join(root, 'schema/using-variables.yaml');
    const report = new Report(DEFAULT_LIMITS);
    const [document] = parseYaml(
      file,
      diskFiles.read(file) ?? '',
      DEFAULT_LIMITS,
      { nodesLeft: 1e5, tokensLeft: 1e6, documentsLeft: 10 },
      report,
    );
    if (document) validateSchema(document.root, report);
    expect(report.all()).toEqual([]);
  },
  'dotenv-plain': () => {
    const read = Object.entries(env('plain.env')).filter(([name]) => !/^\d/.test(name));
    expect(Object.fromEntries(read)).toEqual(PLAIN);
  },
  'dotenv-bom': () => expect(env('utf8-bom.env')).toMatchObject({ OPTION_A: '1' }),
  'dotenv-export': () => expect(env('exported.env')).toEqual({ OPTION_A: '2', OPTION_B: '\\n' }),
  'dotenv-equals': () =>
    expect(env('equals.env')).toEqual({ OPTION_A: 'postgres://localhost:5432/database?sslmode=disable' }),
  'dotenv-quoted': () =>
    expect(env('quoted.env')).toMatchObject({
      OPTION_A: '1',
      OPTION_C: '',
      OPTION_D: '\\n',
      OPTION_H: '\n',
      OPTION_I: "echo 'asd'",
      OPTION_J: expect.stringMatching(/^[^\n]*\n[^\n]*\n[^\n]*\n[^\n]*$/),
      OPTION_K: "Let's go!",
      OPTION_Z: 'last value',
    }),
  'dotenv-unquoted': () => expect(Object.values(env('unquoted.env')).every((value) => !/^"|"$/.test(value))).toBe(true),
  'dotenv-special-names': () => expect(Object.keys(env('special.env')).some((name) => /[.-]/.test(name))).toBe(true),
  'dotenv-substitution': () => expect(env('substitutions.env')).toEqual(substituted('1', '1')),
  'dotenv-substitution-env-first': () =>
    expect(env('substitutions.env', { OPTION_A: '5' })).toEqual(substituted('1', '5')),
  'dotenv-substitution-default': () => {
    expect(env('substitutions-default.env', { OPTION_A: '5' })).toEqual(substituted('5', '5'));
    expect(env('substitutions-default.env')).toEqual(substituted('1', '1'));
  },
  'dotenv-inherit': () => {
    const outer = { VAR_TO_BE_LOADED_FROM_OS_ENV: 'here' };
    expect(env('inherited-multi-var.env', outer)).toEqual({ foo: 'bar', bar: 'baz', ...outer });
    expect(env('inherited-single-var.env', outer)).toEqual(outer);
  },
  'dotenv-inherit-missing': () => expect(Object.keys(env('inherited-not-found.env'))).toEqual([]),
  'dotenv-invalid': () => {
    const { problems } = parseDotenv(diskFiles.read(join(root, 'dotenv/fixtures/invalid1.env')) ?? '', () => undefined);
    expect(problems[0]).toMatchObject({ line: 7, problem: { text: 'a variable name cannot hold a blank' } });
  },
  'dotenv-custom-format': () => {
    const text = 'services: {a: {image: x, env_file: [{path: custom.format, format: custom}]}}';
    expect(codes(loadAt(join(root, 'dotenv/fixtures'), text))).toEqual(['CPS0303']);
  },
};

const PLAIN = {
  OPTION_A: '1',
  OPTION_B: '2',
  OPTION_C: '3',
  OPTION_D: '4',
  OPTION_E: '5',
  OPTION_F: '',
  OPTION_G: '',
  OPTION_H: 'my string',
};

function substituted(a: string, b: string): Record<string, string> {
  return { OPTION_A: a, OPTION_B: b, OPTION_C: b, OPTION_D: `${b}_${b}`, OPTION_E: '' };
}

interface Statement {
  readonly id: string;
  readonly given: string;
  readonly expect: string;
}

const { cases } = table<{ cases: readonly Statement[] }>('compose-go/expectations.json', {
  cases: [{ id: 'name-flag', given: '', expect: '' }],
});

describe(named('expectations of the loader'), () => {
  (fixturesMissing ? it.skip : it).each(cases)('$id: $expect', ({ id }) => {
    const check = CHECKS[id];
    if (!check) throw new Error(`no check for ${id}`);
    check();
  });
});
