import { describe, expect, it } from '@jest/globals';
import { loadText } from '../testing/load-text.ts';
import { SAMPLE } from '../testing/sample.ts';
import type { LoadResult } from './load-input.ts';
import { jsonPointer } from './positions.ts';

function leaves(value: unknown, path: readonly (string | number)[] = []): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [jsonPointer(path)];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
}

function place({ positions }: LoadResult, pointer: string): string | undefined {
  const at = positions.at(pointer);
  return at && `${at.file.replace('/app/', '')}:${at.line}:${at.column}`;
}

describe('loadProject', () => {
  it('knows the place of every leaf, also of those it filled in', () => {
    const result = loadText(SAMPLE, { 'a.env': 'B=1' });
    for (const pointer of leaves(result.project)) {
      const at = result.positions.at(pointer);
      expect([pointer, at?.file]).toEqual([pointer, expect.stringMatching(/^\/app\/(compose\.yaml|a\.env)$/)]);
    }
  });

  it('points to where the winning value came from after extends, include, merge and env files', () => {
    const files = {
      'two.yaml': 'services:\n  a:\n    environment: {A: two}\n    ports: ["81:81"]\n',
      'base.yaml': 'services:\n  b:\n    image: base\n    user: u\n',
      'sub/inner.yaml': 'services:\n  inner:\n    image: i\n',
      'a.env': '# first\nFILE=1\n',
    };
    const yaml =
      'include: [sub/inner.yaml]\nservices:\n  a:\n    extends: {service: b, file: base.yaml}\n    image: own\n' +
      '    env_file: a.env\n    environment: [A=one, B=one]\n    ports: ["80:80"]\n';
    const result = loadText(yaml, files, { files: ['compose.yaml', 'two.yaml'] });
    expect(result.ok).toBe(true);
    const at = (pointer: string): string | undefined => place(result, pointer);
    expect(at('/services/a/image')).toBe('compose.yaml:5:12');
    expect(at('/services/a/user')).toBe('base.yaml:4:11');
    expect(at('/services/inner/image')).toBe('sub/inner.yaml:3:12');
    expect(at('/services/a/environment/A')).toBe('two.yaml:3:22');
    expect(at('/services/a/environment/B')).toBe('compose.yaml:7:26');
    expect(at('/services/a/environment/FILE')).toBe('a.env:2:1');
    expect(at('/services/a/ports/0/target')).toBe('compose.yaml:8:13');
    expect(at('/services/a/ports/1/published')).toBe('two.yaml:4:13');
  });

  it('reports the errors of all files at once', () => {
    const result = loadText(
      'services:\n  a: {imge: x, ports: ["x"]}\n  b: {image: "${}", depends_on: [c]}\n',
      { 'two.yaml': 'services:\n  d: {image: y, tty: maybe}\nfoo: 1\n' },
      { files: ['compose.yaml', 'two.yaml'] },
    );
    expect(result.diagnostics.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['CPS0401', 'CPS0601', 'CPS0201', 'CPS0701', 'CPS0204', 'CPS0401']),
    );
  });

  it('keeps what was declared for each variable, so that values can be resolved again later', () => {
    const result = loadText(
      'services:\n  a:\n    image: x\n    env_file: a.env\n    environment:\n      URL: "db://${USER_NAME:-me}@${HOST:?host}"\n      BARE:\n      FIXED: a$$b\n',
      { 'a.env': 'FROM_FILE=${X:-1}\n' },
      { environment: { HOST: 'h', BARE: 'given' } },
    );
    expect(result.project?.services['a']?.environment).toEqual({
      FROM_FILE: '1',
      URL: 'db://me@h',
      BARE: 'given',
      FIXED: 'a$b',
    });
    expect(result.declaredEnvironment['a']?.map(({ name, template, origin }) => [name, template, origin])).toEqual([
      ['FROM_FILE', '${X:-1}', 'env_file'],
      ['URL', 'db://${USER_NAME:-me}@${HOST:?host}', 'environment'],
      ['BARE', null, 'environment'],
      ['FIXED', 'a$$b', 'environment'],
    ]);
    expect(result.declaredEnvironment['a']?.[1]?.references).toEqual([
      { name: 'USER_NAME', kind: 'default', fallback: 'me', emptyCountsAsUnset: true },
      { name: 'HOST', kind: 'required', fallback: 'host', emptyCountsAsUnset: true },
    ]);
  });

  it('keeps switched-off services with their definition, apart from the others', () => {
    const yaml = 'services: {a: {image: x}, b: {image: y, profiles: [p], env_file: missing.env}}';
    const off = loadText(yaml);
    expect([Object.keys(off.project?.services ?? {}), off.project?.disabledServices['b']?.image]).toEqual([['a'], 'y']);
    expect(off.ok).toBe(true);
    expect(loadText(yaml, { 'missing.env': '' }, { profiles: ['p'] }).project?.services['b']?.image).toBe('y');
  });

  it('never puts the value of a secret into the project', () => {
    const yaml = 'services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {environment: TOKEN}}';
    const result = loadText(yaml, {}, { environment: { TOKEN: 'hunter2' } });
    expect(JSON.stringify([result.project, result.diagnostics])).not.toContain('hunter2');
  });

  it('reads byte order marks, CRLF, several documents and anchors', () => {
    const yaml =
      '\uFEFFx-a: &a {image: x}\r\nservices:\r\n  a: *a\r\n---\r\nservices:\r\n  a: {user: u}\r\n  b: {image: y}\r\n';
    const { project, ok } = loadText(yaml);
    expect(ok).toBe(true);
    expect(project?.services['a']).toMatchObject({ image: 'x', user: 'u' });
    expect(Object.keys(project?.services ?? {})).toEqual(['a', 'b']);
  });

  it('stops alias bombs, deep nesting and endless includes with an error each', () => {
    const bomb = ['x-0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level += 1) {
      const alias = Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ');
      bomb.push(`x-${level}: &a${level} [${alias}]`);
    }
    const codes = (yaml: string): readonly string[] => loadText(yaml).diagnostics.map(({ code }) => code);
    expect(codes(bomb.join('\n'))).toEqual(['CPS0008']);
    expect(codes(`x-a: ${'['.repeat(300)}${']'.repeat(300)}`)).toEqual(['CPS0007']);
    expect(codes(`x-a: ${'['.repeat(200_000)}`)).not.toEqual([]);
  });

  it('takes keys named like parts of JavaScript objects for keys', () => {
    const yaml =
      'services:\n  constructor: {image: x, environment: {__proto__: "1", toString: "2"}}\n  b: {image: y, depends_on: [hasOwnProperty]}';
    const result = loadText(yaml);
    expect(Object.keys(result.project?.services ?? {})).toEqual(['constructor', 'b']);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['CPS0701']);
  });

  it('tells every text with variables, where it stands and what of it has no value', () => {
    const yaml = [
      'services:',
      '  a:',
      '    image: a:${TAG:-1}',
      '    command: run ${ONE} ${TWO:?say} ${THREE:?too}',
      '    labels: {x: $$plain, y: "${TAG}"}',
      '    profiles: [off]',
    ].join('\n');
    const { templates } = loadText(yaml, {}, { environment: { ONE: '1' }, placeholder: '1' });
    const reported = templates.map(({ path, unset, position, references }) => [
      path,
      position.line,
      references.map(({ name, kind }) => `${name} ${kind}`),
      unset,
    ]);
    expect(reported).toEqual([
      ['/services/a/image', 3, ['TAG default'], []],
      ['/services/a/command', 4, ['ONE plain', 'TWO required', 'THREE required'], ['TWO', 'THREE']],
      ['/services/a/labels/y', 5, ['TAG plain'], ['TAG']],
    ]);
  });
});
