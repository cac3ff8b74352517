import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { zip } from '@ushadow/compose-files';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { collectFiles } from './collect-files.ts';
import { loadFromDisk, type LoadValues } from './load-options.ts';
import { neededFiles } from './needed-files.ts';
import { projectFolder } from './project-folder.ts';
import { referredNames } from './referred-names.ts';
import { uploadEntry } from './upload-entry.ts';

describe('what of a project is sent', () => {
  let base: string;
  let folder: string;

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'ushadow-upload-'));
    folder = join(base, 'shop');
    mkdirSync(folder);
  });

  afterEach(() => rmSync(base, { recursive: true, force: true }));

  function write(path: string, text = ''): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  async function collect(values: LoadValues = {}, environment = {}) {
    const context = { workingDirectory: folder, environment };
    const loaded = loadFromDisk(values, context);
    const lies = projectFolder(values, context, loaded) ?? { directory: folder, entries: [] };
    const { files, findings } = await collectFiles(neededFiles(loaded, new Set()), lies.directory, loaded.positions);
    const paths = files.map(({ path }) => path);
    return { files, paths, findings, loaded, lies, entry: uploadEntry(lies, loaded.project?.name ?? 'shop', paths) };
  }

  it('the Dockerfile of a service with volumes, where it lies in the folder', async () => {
    write('app/Dockerfile', 'FROM scratch\n');
    write('../Dockerfile', 'FROM scratch\n');
    write(
      'compose.yaml',
      `services:
  a: {image: a, build: ./app, volumes: ["v:/v"]}
  b: {image: b, build: .., volumes: ["v:/v"]}
  c: {image: c, build: ./none, volumes: ["v:/v"]}
  d: {image: d, build: https://example.com/d.git, volumes: ["v:/v"]}
volumes: {v: }
`,
    );
    const { paths, findings } = await collect();
    expect(paths).toEqual(['app/Dockerfile', 'compose.yaml']);
    expect(findings).toEqual([]);
  });

  const web = (rest: string): void => write('compose.yaml', `services:\n  web:\n    image: nginx\n    ${rest}\n`);

  it('Compose files with what they include and extend, env files, configs, secrets, mounts, of every profile', async () => {
    write('.env', 'A=1\n');
    write('base.yaml', 'services: {b: {image: b}}\n');
    write('parts/inc.yaml', 'services: {i: {image: i, volumes: ["./i:/i"]}}\n');
    write('parts/i/deep/er.txt', 'x');
    for (const file of ['web.env', 'off.env', 'web.conf', 'web.pem', 'unused.pem', 'notes.txt', 'one.txt'])
      write(file, 'x');
    write(
      'compose.yaml',
      `include: [parts/inc.yaml]
services:
  web:
    extends: {file: base.yaml, service: b}
    env_file: [web.env, {path: absent.env, required: false}]
    configs: [conf]
    secrets: [key]
    volumes: ["./one.txt:/one.txt", "./data:/data", "named:/named"]
  off:
    image: off
    profiles: [off]
    env_file: off.env
configs: {conf: {file: web.conf}}
secrets: {key: {file: web.pem}, unused: {file: unused.pem}}
volumes: {named: }
`,
    );
    const { paths, findings } = await collect();
    expect(findings).toEqual([]);
    expect(paths).toEqual([
      ...['.env', 'base.yaml', 'compose.yaml', 'off.env', 'one.txt', 'parts/i/deep/er.txt', 'parts/inc.yaml'],
      ...['web.conf', 'web.env', 'web.pem'],
    ]);
  });

  it('only what really lies inside a mounted folder: links that leave it are named, never followed', async () => {
    web('volumes: ["./conf:/conf"]');
    write('conf/a.txt', 'a');
    write('other/b.txt', 'b');
    writeFileSync(join(base, 'outside.txt'), 'secret');
    symlinkSync('a.txt', join(folder, 'conf/inside'));
    symlinkSync('../other/b.txt', join(folder, 'conf/beside'));
    symlinkSync(join(base, 'outside.txt'), join(folder, 'conf/outside'));
    symlinkSync(base, join(folder, 'conf/folder'));
    symlinkSync('.', join(folder, 'conf/loop'));
    symlinkSync('nowhere', join(folder, 'conf/dangling'));
    const { paths, findings } = await collect();
    expect(paths).toEqual(['compose.yaml', 'conf/a.txt', 'conf/inside']);
    expect(findings.map(({ code, params }) => `${code} ${String(params?.['file'])}`)).toEqual([
      ...['CLI0003 conf/beside', 'CLI0003 conf/folder', 'CLI0003 conf/loop', 'CLI0003 conf/outside'],
      'CLI0009 conf/dangling',
    ]);
    expect(findings[0]?.position).toMatchObject({ line: 4 });
  });

  it('sockets in a mounted folder are named and not sent', async () => {
    web('volumes: ["./run:/run/app"]');
    write('run/a.txt', 'a');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'run/app.sock'), resolve));
    expect(await collect()).toMatchObject({ paths: ['compose.yaml', 'run/a.txt'], findings: [{ code: 'CLI0009' }] });
    await new Promise((resolve) => server.close(resolve));
  });

  it.each([
    ['volumes: ["../out:/out"]'],
    ['volumes: ["./link:/out"]'],
    ['volumes: ["./link/a.txt:/out/a.txt"]'],
    ['env_file: ../out/a.txt'],
    ['env_file: link/a.txt'],
    ['label_file: ../out/a.txt'],
  ])('nothing outside the project’s folder: %s', async (rest) => {
    mkdirSync(join(base, 'out'));
    writeFileSync(join(base, 'out/a.txt'), 'A=1\n');
    symlinkSync('../out', join(folder, 'link'));
    web(rest);
    const { findings, paths } = await collect();
    expect(paths).toEqual(['compose.yaml']);
    expect(new Set(findings.map(({ code, severity }) => `${severity} ${code}`))).toEqual(new Set(['error CLI0002']));
  });

  it('what is the node’s own is not sent, and nobody minds', async () => {
    web('volumes: ["/var/run/docker.sock:/var/run/docker.sock", "/etc/hosts:/etc/hosts:ro", "/proc:/host/proc"]');
    expect(await collect()).toMatchObject({ paths: ['compose.yaml'], findings: [] });
  });

  it('a config or secret that is not there', async () => {
    write('compose.yaml', 'services: {a: {image: a, secrets: [s]}}\nsecrets:\n  s:\n    file: absent\n');
    const [finding] = (await collect()).findings;
    expect(finding).toMatchObject({ code: 'CLI0004', severity: 'error', position: { line: 4 } });
  });

  it('is held against the limits before anything is read, with the numbers', async () => {
    web('volumes: ["./big:/big", "./many:/many", "./more:/more"]');
    for (let index = 0; index <= 500; index += 1) write(`many/${String(index)}`);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      write(`more/${name}`);
      truncateSync(join(folder, 'more', name), 1024 * 1024);
    }
    write('big/one');
    truncateSync(join(folder, 'big/one'), 1024 * 1024 + 1);
    const messages = (await collect()).findings.map(({ code, message }) => `${code} ${message}`);
    expect(messages).toEqual([
      'CLI0008 What is mounted from big has 1048577 bytes; one ConfigMap or Secret holds 900000.',
      'CLI0008 What is mounted from more has 5242880 bytes; one ConfigMap or Secret holds 900000.',
      'CLI0005 big/one has 1048577 bytes; a file may have 1048576.',
      'CLI0006 The project needs 508 files, most of them in many; 500 may be sent.',
      expect.stringMatching(/^CLI0007 .* have 62915\d\d bytes together, most of them in more; 4194304 may be sent\.$/),
    ]);
  });

  it('nothing of a mount whose content never travels', async () => {
    write('data/big');
    truncateSync(join(folder, 'data/big'), 2 * 1024 * 1024);
    web('volumes: ["./data:/data"]\n    labels: {kompose.volume.type: persistentVolumeClaim}');
    expect(await collect()).toMatchObject({ paths: ['compose.yaml'], findings: [] });
  });

  it('variables that are referred to, in whichever place; not those of comments or escapes', async () => {
    write('.env', 'FROM=${IN_ENV}\n# ${NOT_HERE}\n');
    write('web.env', 'BARE_IN_FILE\n');
    write(
      'compose.yaml',
      `services:
  web:
    image: "nginx:\${TAG:-\${FALLBACK}}"
    environment: [BARE, "X=$$NOT_THIS", "Y=$SHORT"]
    env_file: web.env
    secrets: [s]
# \${NOR_THIS}
secrets: {s: {environment: FOR_SECRET}}
`,
    );
    const names = [...referredNames((await collect({}, { BARE_IN_FILE: 'x' })).loaded)].sort();
    expect(names).toEqual(['BARE', 'BARE_IN_FILE', 'FALLBACK', 'FOR_SECRET', 'IN_ENV', 'SHORT', 'TAG']);
  });

  describe('begins with the same Compose files there as here', () => {
    const files = (...names: readonly string[]): void => {
      for (const name of names) write(name, `services: {s${String(names.indexOf(name))}: {image: a}}\n`);
    };

    it.each([
      [['compose.yaml'], undefined],
      [['compose.yaml', 'compose.override.yaml'], undefined],
      [['docker-compose.yml'], ['docker-compose.yml']],
      [['stack.yml'], ['stack.yml']],
    ])('%j needs nothing', async (names, file) => {
      files(...names);
      expect((await collect(file === undefined ? {} : { file })).entry).toEqual({ environment: [], findings: [] });
    });

    it('several, or one beside others: COMPOSE_FILE says so', async () => {
      files('compose.yaml', 'prod.yaml');
      const { entry } = await collect({ file: ['compose.yaml', 'prod.yaml'] });
      const environment = ['COMPOSE_PATH_SEPARATOR=:', "COMPOSE_FILE='compose.yaml:prod.yaml'"];
      expect(entry).toEqual({ environment, findings: [] });
      write('.env', environment.join('\n'));
      expect(Object.keys((await collect()).loaded.project?.services ?? {})).toEqual(['s0', 's1']);
    });

    it('several of other names: with a file that is found', async () => {
      files('a.yaml', 'b.yaml');
      const { entry } = await collect({ file: ['a.yaml', 'b.yaml'] });
      expect(entry.environment).toContain("COMPOSE_FILE='a.yaml:b.yaml'");
      write('compose.yaml', entry.composeFile ?? '');
      expect(Object.keys((await collect()).loaded.project?.services ?? {})).toEqual(['s0', 's1']);
    });

    it('another folder for relative paths: a file that includes them', async () => {
      write('deploy/prod.yaml', 'services: {web: {image: a, volumes: ["./conf:/conf"]}}\n');
      write('conf/a', 'a');
      const { entry, paths } = await collect({ file: ['deploy/prod.yaml'], 'project-directory': '.' });
      expect([entry.environment, paths]).toEqual([[], ['conf/a', 'deploy/prod.yaml']]);
      write('compose.yaml', entry.composeFile ?? '');
      expect(await collect()).toMatchObject({ findings: [], paths: ['compose.yaml', 'conf/a', 'deploy/prod.yaml'] });
    });

    it('else it is refused', async () => {
      write('compose.yaml', 'services: {base: {image: a}}\n');
      write('deploy/prod.yaml', 'include: [compose.yaml]\nservices: {web: {image: a}}\n');
      const { entry } = await collect({ file: ['deploy/prod.yaml'], 'project-directory': '.' });
      expect(entry.findings).toMatchObject([{ code: 'CLI0010', severity: 'error' }]);
    });
  });

  it('an archive keeps paths, contents and which files may be run', async () => {
    write('run.sh', '#!/bin/sh\n');
    chmodSync(join(folder, 'run.sh'), 0o755);
    web('volumes: ["./run.sh:/run.sh"]');
    expect((await collect()).files).toMatchObject([{ executable: false }, { path: 'run.sh', executable: true }]);
    const content = Buffer.from('héllo '.repeat(100));
    const archive = zip([
      { path: 'ä/run.sh', content, executable: true },
      { path: 'empty', content: Buffer.alloc(0), executable: false },
    ]);
    expect(archive.readUInt32LE(0)).toBe(0x04034b50);
    const [size, name] = [archive.readUInt32LE(18), archive.readUInt16LE(26)];
    expect(archive.subarray(30, 30 + name).toString()).toBe('ä/run.sh');
    expect(inflateRawSync(archive.subarray(30 + name, 30 + name + size))).toEqual(content);
    const end = archive.length - 22;
    const directory = archive.readUInt32LE(end + 16);
    expect([archive.readUInt32LE(end), archive.readUInt16LE(end + 10)]).toEqual([0x06054b50, 2]);
    expect(archive.readUInt32LE(directory + 38) >>> 16).toBe(0o100755);
  });
});
