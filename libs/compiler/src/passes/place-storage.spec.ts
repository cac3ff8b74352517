import { describe, expect, it } from '@jest/globals';
import { MemoryFilePort } from '@ushadow/compose';
import fc from 'fast-check';
import { compileProject } from '../testing/compile-project.ts';
import { designProject } from '../testing/design-project.ts';

const bind = (source: string, target: string, more: object = {}) => ({
  type: 'bind' as const,
  source,
  target,
  ...more,
});
const sources = (volumes: readonly object[], files: Readonly<Record<string, string>> = {}) => {
  const { of, design, codes } = designProject({ services: { web: { volumes: volumes as never } } }, { files });
  return { kinds: of('web').mounts.map(({ source, subPath }) => [source.kind, subPath]), design, codes };
};

describe('place-storage', () => {
  it('M5: mounts a file as a file, a folder as a folder', () => {
    const { kinds, design } = sources([bind('/p/a.conf', '/etc/a.conf'), bind('/p/dir', '/etc/dir')], {
      '/p/a.conf': 'a',
      '/p/dir/x/y': 'b',
    });
    expect(kinds).toEqual([
      ['files', 'a.conf'],
      ['files', undefined],
    ]);
    expect(design.fileSets.flatMap(({ entries }) => entries.map(({ key }) => key)).sort()).toEqual(['a.conf', 'x_y']);
  });

  it('M5: never reads private folders, sockets or system paths', () => {
    const { kinds, codes } = sources(
      [bind('/home/u/.ssh', '/ssh'), bind('/var/run/docker.sock', '/s'), bind('/etc/shadow', '/x')],
      { '/home/u/.ssh/id_rsa': 'k', '/etc/shadow': 'k' },
    );
    expect(kinds.map(([kind]) => kind)).toEqual(['host', 'host', 'host']);
    expect(codes.map((code) => code.slice(0, 7))).toEqual(['CMP0913', 'CMP0912', 'CMP0912']);
  });

  it('what a path of the machine is decides, and is said in its own words', () => {
    const paths = [
      '/etc/ssl/certs',
      '/etc/passwd',
      '/var/log',
      '/lib/modules',
      '/sys/fs/cgroup',
      '/',
      '/run/podman.sock',
    ];
    const volumes = paths.map((source, index) => ({ type: 'bind' as const, source, target: `/m${index}` }));
    const result = compileProject({ services: { web: { volumes } } });
    const messages = result.diagnostics.filter(({ code }) => code === 'CMP0912').map(({ message }) => message);
    expect(messages).toHaveLength(paths.length);
    expect(new Set(messages.map((message) => message.split(': ')[1])).size).toBe(paths.length);
  });

  it('the time zone of the machine is a variable or nothing', () => {
    const zone = [bind('/etc/localtime', '/etc/localtime'), bind('/etc/timezone', '/etc/timezone')];
    expect(sources(zone)).toMatchObject({
      kinds: [],
      codes: ['CMP0931 /services/web/volumes/0', 'CMP0931 /services/web/volumes/1'],
    });
    const { of, codes } = designProject({ services: { web: { volumes: zone, environment: { TZ: 'Europe/Berlin' } } } });
    expect([of('web').mounts, codes]).toEqual([[], []]);
  });

  it('temporary folders are scratch space, or a volume where services share them; nothing of them is read', () => {
    const files = { '/tmp/exchange/secret': 'never' };
    const { kinds, design, codes } = sources([bind('/tmp/exchange', '/scratch')], files);
    expect([kinds, design.fileSets, codes]).toEqual([
      [['scratch', undefined]],
      [],
      ['CMP0932 /services/web/volumes/0'],
    ]);
    const volumes = [bind('/tmp/exchange', '/scratch')];
    const shared = designProject({ services: { a: { volumes }, b: { volumes } } }, { files });
    expect(shared.of('a').mounts.map(({ source }) => source.kind)).toEqual(['store']);
    expect(shared.design.fileSets).toEqual([]);
  });

  it('whatever lies below /tmp is not uploaded, but for what is of a project there', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(name, name, (folder, file) => {
        const source = `/tmp/${folder}/${file}`;
        const at = (compose: string) =>
          designProject(
            { services: { web: { volumes: [bind(source, '/x')] } } },
            {
              files: { [source]: 'content' },
              input: { positions: { at: () => ({ file: compose, line: 1, column: 1 }) } },
            },
          ).design.fileSets.length;
        expect(at('/home/me/compose.yaml')).toBe(0);
        expect(at(`/tmp/${folder}x/compose.yaml`)).toBe(0);
        expect(at('/tmp/compose.yaml')).toBe(0);
        expect(at(`/tmp/${folder}/compose.yaml`)).toBe(1);
      }),
      { numRuns: 20 },
    );
  });

  it('copies only what lies inside a folder, and names the links that lead out of it', () => {
    const files = new MemoryFilePort({ '/p/dir/a': 'a', '/p/dir/out': 'secret', '/p/dir/in': 'a' });
    const port = {
      read: (path: string) => files.read(path),
      list: (path: string) => files.list(path),
      stat: (path: string) => {
        const stat = files.stat(path);
        const leads = { '/p/dir/out': '/etc/passwd', '/p/dir/in': '/p/dir/a' }[path] ?? path;
        return stat === undefined ? undefined : { ...stat, realPath: leads };
      },
    };
    const volumes = [bind('/p/dir', '/etc/dir', { read_only: true })];
    const { design, codes } = designProject({ services: { web: { volumes } } }, { input: { files: port } });
    expect(design.fileSets.flatMap(({ entries }) => entries.map(({ key }) => key))).toEqual(['a', 'in']);
    expect(codes).toEqual(['CMP0914 /services/web/volumes/0']);
  });

  it('keeps key material in a Secret', () => {
    const { design } = sources([bind('/p/tls.key', '/k')], { '/p/tls.key': 'k' });
    expect(design.fileSets.map(({ secret }) => secret)).toEqual([true]);
  });

  it('gives data a claim: empty, missing or too large', () => {
    const files = { '/p/keep/.gitkeep': '', '/p/big/x': 'x'.repeat(1_000_000) };
    const { kinds, codes } = sources([bind('/p/keep', '/a'), bind('/p/gone', '/b'), bind('/p/big', '/c')], files);
    expect(kinds.map(([kind]) => kind)).toEqual(['store', 'store', 'store']);
    expect(codes).toEqual(['CMP0901 /services/web/volumes/1', 'CMP0902 /services/web/volumes/2']);
  });

  it('reads driver options: nfs, tmpfs and bind', () => {
    const volumes = {
      n: { driver_opts: { type: 'nfs', o: 'addr=10.0.0.1,rw', device: ':/x' } },
      t: { driver_opts: { type: 'tmpfs', o: 'size=1m' } },
      b: { driver_opts: { type: 'none', o: 'bind', device: '/dev/snd' } },
    };
    const mounts = Object.keys(volumes).map((source) => ({ type: 'volume' as const, source, target: `/${source}` }));
    const { of } = designProject({ services: { web: { volumes: mounts } }, volumes });
    expect(of('web').mounts.map(({ source }) => source)).toEqual([
      { kind: 'nfs', server: '10.0.0.1', path: '/x' },
      { kind: 'scratch', memory: true, size: 1_048_576 },
      { kind: 'host', path: '/dev/snd', type: undefined },
    ]);
  });
});
