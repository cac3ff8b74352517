import { describe, expect, it } from '@jest/globals';
import type { LooseProject } from '../testing/compile-project.ts';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';

const secretCodes = (project: LooseProject, rest = {}) =>
  codesOf(compileProject(project, rest)).filter((code) => /^CMP04[45]/.test(code));

describe('secrets in the open', () => {
  it('says where a command, a check, a hook or a label gives one as it is, at its line', () => {
    const web = {
      command: ['serve', '--password', 'hunter2'],
      healthcheck: { test: ['CMD', 'redis-cli', '-a', 'hunter2', 'ping'] },
      post_start: [{ command: ['login', '--token=hunter2'] }],
      labels: { users: 'admin:$apr1$abcdefgh$0123456789', 'a/b': 'postgres://u:hunter2@db' },
    };
    const result = compileProject({ services: { web } });
    expect(codesOf(result).filter((code) => code.startsWith('CMP0450'))).toEqual(
      ['command', 'healthcheck', 'labels/a~1b', 'labels/users', 'post_start/0'].map(
        (place) => `CMP0450 /services/web/${place}`,
      ),
    );
    expect(JSON.stringify(result.diagnostics)).not.toContain('hunter2');
  });

  it('says nothing of commands that read variables', () => {
    const web = { command: ['sh', '-c', 'serve --password $PASSWORD'], environment: { PASSWORD: 'hunter2' } };
    expect(secretCodes({ services: { web } })).toEqual([]);
  });

  it('says at the label which known secret stands in it', () => {
    const web = { environment: { API_KEY: 's3cret-and-odd' }, labels: { plain: 'x', reported: 's3cret-and-odd' } };
    expect(secretCodes({ services: { web } })).toEqual(['CMP0440 /services/web/labels/reported']);
  });

  it('says of names, folders and images which known secret stands in them', () => {
    const web = {
      image: 'reg/s3cret-4-odd:1',
      environment: { API_KEY: 's3cret-4-odd' },
      hostname: 's3cret-4-odd',
      working_dir: '/srv/s3cret-4-odd',
      labels: { 's3cret-4-odd': 'x' },
    };
    expect(secretCodes({ services: { web } })).toEqual(
      ['hostname', 'image', 'labels/s3cret-4-odd', 'working_dir'].map((place) => `CMP0440 /services/web/${place}`),
    );
  });

  it('keeps a mounted file with the password of a URL in a Secret', () => {
    const mount = { type: 'bind' as const, source: '/p/app.ini', target: '/etc/app.ini', read_only: true };
    const files = { '/p/app.ini': 'url = postgres://user:hunter2@db/app' };
    const result = compileProject({ services: { web: { volumes: [mount] } } }, { files });
    expect(result.objects.map(({ kind }) => kind)).toContain('Secret');
    expect(objectOf(result, 'ConfigMap', 'web-files-etc-app-ini')).toBeUndefined();
  });
});
