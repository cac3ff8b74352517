import { describe, expect, it } from '@jest/globals';
import { MemoryFilePort } from '@ushadow/compose';
import { loadSource } from '../catalog/load-source.ts';
import type { ProjectSource } from '../catalog/project-source.ts';
import { declaredValues } from './declared-values.ts';

function declared(environment: string, files: Readonly<Record<string, string>> = {}) {
  const port = new MemoryFilePort({ '/c/a.yaml': `services:\n  web:\n    image: a\n${environment}`, ...files });
  const source: ProjectSource = {
    stem: 'a',
    file: 'a.yaml',
    files: ['/c/a.yaml'],
    directory: '/c',
    port,
    root: '/c',
    base: '/c',
    origin: 'directory',
  };
  const values = declaredValues('web', loadSource(source, {}), {});
  return Object.fromEntries(values.map(({ name, value, unset }) => [name, [value, unset]]));
}

describe('declaredValues', () => {
  it('tells unset, empty, default and required apart, and lets no placeholder through', () => {
    const environment = `    environment:
      PLAIN: \${X}
      PART: a-\${X}-b
      EMPTY: \${X:-}
      FALLBACK: \${X:-d}
      REQUIRED: \${X:?say}
      NESTED: \${A:-\${X:?}}
      BARE:
      TEXT: t$$t
`;
    expect(declared(environment)).toEqual({
      PLAIN: ['', ['X']],
      PART: ['a--b', ['X']],
      EMPTY: ['', []],
      FALLBACK: ['d', []],
      REQUIRED: ['', ['X']],
      NESTED: ['', ['X']],
      BARE: [null, []],
      TEXT: ['t$t', []],
    });
  });

  it('takes values of env files as the loader read them', () => {
    const values = declared('    env_file: web.env\n', { '/c/web.env': "A='$literal'\nB=b\n" });
    expect(values).toEqual({ A: ['$literal', []], B: ['b', []] });
  });
});
