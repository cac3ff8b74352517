import { describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, readlink, stat, symlink, writeFile, mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { byteChannels } from '@ushadow/contracts';
import { WebSocketStream } from '@ushadow/byte-streams/web-socket';
import { pack, type Header } from 'tar-stream';
import WebSocket, { WebSocketServer } from 'ws';
import { UsageError } from '../command.ts';
import { readCopyEnds, tarPlace } from './copy-ends.ts';
import { packTar } from './pack-tar.ts';
import { passAsJson } from './pass-as-json.ts';
import { readPort } from './read-port.ts';
import { CONTAINER_OPTION, SHELL_OPTIONS, splitCommand } from './shell-options.ts';
import { writeTo } from './streams.ts';
import { unpackTar, type Unpacked, type UnpackPlace } from './unpack-tar.ts';

const OPTIONS = {
  ...SHELL_OPTIONS,
  ...CONTAINER_OPTION,
  tty: { type: 'boolean', short: 't' },
  interactive: { type: 'boolean', short: 'i' },
} as const;

describe('what a command line of exec says', () => {
  it('ends where the command begins, whose options are its own', () => {
    expect(splitCommand(['-it', '-c', 'main', '--pod=p', 'web', 'ls', '-c', '--help'], OPTIONS)).toEqual({
      own: ['-it', '-c', 'main', '--pod=p'],
      service: 'web',
      command: ['ls', '-c', '--help'],
    });
    expect(splitCommand(['-cmain', '--', 'web', 'sh'], OPTIONS)).toEqual({
      own: ['-cmain'],
      service: 'web',
      command: ['sh'],
    });
    expect(splitCommand(['web', '--', 'sh'], OPTIONS).command).toEqual(['sh']);
    expect(splitCommand(['-t'], OPTIONS)).toEqual({ own: ['-t'], service: '', command: [] });
    expect(() => splitCommand(['-c'], OPTIONS)).toThrow(UsageError);
  });

  it('names ports as others do', () => {
    expect([readPort('80'), readPort('8080:80'), readPort(':80')]).toEqual([
      { local: 80, remote: 80 },
      { local: 8080, remote: 80 },
      { local: 0, remote: 80 },
    ]);
    for (const text of ['', 'x', '0', '70000', '70000:80', '80:', '1:2:3'])
      expect(() => readPort(text)).toThrow(UsageError);
  });
});

describe('the output of a command as data', () => {
  it('is a line for each piece, no character torn apart, and the exit code last', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) => {
      const command = new WebSocketStream(socket);
      const say = (channel: number, bytes: Uint8Array) => command.write(channel, bytes);
      const [first, second] = [Buffer.from('grün').subarray(0, 3), Buffer.from('grün').subarray(3)];
      void say(byteChannels.stdout, first)
        .then(() => say(byteChannels.stderr, Buffer.from('wrong\n')))
        .then(() => say(byteChannels.stdout, second))
        .then(() => say(byteChannels.status, Buffer.from('{"reason":"done","exit_code":7}')));
    });
    await once(server, 'listening');
    const socket = new WebSocket(`ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    const stream = new WebSocketStream(socket);
    await once(socket, 'open');
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const printed = text(stdout);
    expect(await passAsJson(stream, { stdin: Readable.from([]), stdout, stderr })).toBe(7);
    stdout.end();
    const lines = (await printed).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { stream: 'stdout', text: 'gr' },
      { stream: 'stderr', text: 'wrong\n' },
      { stream: 'stdout', text: 'ün' },
      { exit_code: 7 },
    ]);
    server.close();
  });
});

describe('what cp is told', () => {
  it('is in a container where it begins with a service, and here otherwise', () => {
    const { from, to, service } = readCopyEnds('web:/etc/x', './a:b');
    expect({ from, to, service }).toEqual({
      from: { kind: 'container', service: 'web', path: '/etc/x' },
      to: { kind: 'local', path: './a:b' },
      service: 'web',
    });
    expect(readCopyEnds('-', 'shop/web:/x').service).toBe('shop/web');
    for (const [one, other] of [
      ['a', 'b'],
      ['a:/x', 'b:/y'],
      ['a:', 'b'],
    ] as const)
      expect(() => readCopyEnds(one, other)).toThrow(UsageError);
  });

  it('is cut for tar into a folder and one name', () => {
    expect(['/a/b', '/a/b/', 'b', '/', '/a/.', '/a/../b'].map(tarPlace)).toEqual([
      { folder: '/a', name: 'b' },
      { folder: '/a', name: 'b' },
      { folder: '.', name: 'b' },
      { folder: '/', name: '.' },
      { folder: '/a', name: '.' },
      { folder: '/', name: 'b' },
    ]);
  });
});

describe('an archive that anybody may have made', () => {
  const unpack = async (
    entries: readonly (Partial<Header> & { name: string; text?: string })[],
    before: (folder: string) => Promise<void> = () => Promise.resolve(),
    more: Partial<UnpackPlace> = {},
  ): Promise<{ unpacked: Unpacked; folder: string; outside: string }> => {
    const outside = await mkdtemp(join(tmpdir(), 'ushadow-tar-'));
    const folder = join(outside, 'target');
    await mkdir(folder);
    await before(folder);
    const archive = pack();
    for (const { text, ...header } of entries) archive.entry(header, text ?? '');
    archive.finalize();
    const unpacked = await unpackTar(Readable.from(archive as AsyncIterable<Buffer>), { folder, ...more });
    return { unpacked, folder, outside };
  };

  it.each([
    ['a name above the target', { name: '../evil', text: 'x' }],
    ['a name above it in the middle', { name: 'a/../../evil', text: 'x' }],
    ['an absolute name', { name: '/tmp/ushadow-evil', text: 'x' }],
    ['a link out of it', { name: 'l', type: 'symlink', linkname: '../evil' }],
    ['an absolute link', { name: 'l', type: 'symlink', linkname: '/etc/passwd' }],
    ['a link out of it from a folder', { name: 'a/l', type: 'symlink', linkname: '../../evil' }],
    ['a hard link out of it', { name: 'h', type: 'link', linkname: '../evil' }],
    ['a hard link to what is not there', { name: 'h', type: 'link', linkname: 'nothing' }],
    ['a device', { name: 'd', type: 'character-device' }],
  ] as const)('leaves nothing of %s, and says so', async (_, entry) => {
    const { unpacked, outside } = await unpack([entry, { name: 'fine', text: 'ok' }]);
    expect(unpacked.refused).toHaveLength(1);
    expect(await readdir(outside)).toEqual(['target']);
    expect(await readFile(join(outside, 'target/fine'), 'utf8')).toBe('ok');
  });

  it('writes nothing through a link, neither one of its own nor one that was there', async () => {
    const { unpacked, outside } = await unpack(
      [
        { name: 'own', type: 'symlink', linkname: 'elsewhere' },
        { name: 'own/x', text: 'x' },
        { name: 'there/x', text: 'x' },
        { name: 'file', text: 'new' },
      ],
      async (folder) => {
        await symlink('..', join(folder, 'there'));
        await writeFile(join(folder, '../kept'), 'old');
        await symlink('../kept', join(folder, 'file'));
      },
    );
    expect(unpacked.refused).toEqual(['own/x is below what is no folder', 'there/x is below what is no folder']);
    expect(await readFile(join(outside, 'kept'), 'utf8')).toBe('old');
    expect(await readFile(join(outside, 'target/file'), 'utf8')).toBe('new');
    expect((await readdir(outside)).sort()).toEqual(['kept', 'target']);
  });

  it('is taken only as far as it was asked for', async () => {
    const entries = [
      { name: '.bashrc', text: 'evil' },
      { name: 'app/fine', text: 'ok' },
      { name: 'app2/x', text: 'evil' },
    ];
    const { unpacked, outside } = await unpack(entries, undefined, { name: 'app' });
    expect(unpacked.refused).toEqual([
      '.bashrc leads out of the target, or was not asked for',
      'app2/x leads out of the target, or was not asked for',
    ]);
    expect(await readdir(join(outside, 'target'))).toEqual(['app']);
  });

  it('that ends in its middle leaves what was there, and no half of a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ushadow-tar-'));
    await writeFile(join(folder, 'kept'), 'the old one');
    async function* cut(): AsyncGenerator<Buffer> {
      const archive = pack();
      archive.entry({ name: 'kept' }, 'x'.repeat(100_000));
      archive.finalize();
      let had = 0;
      for await (const bytes of archive as AsyncIterable<Buffer>) {
        had += bytes.length;
        yield bytes;
        if (had > 50_000) throw new Error('the connection was lost');
      }
    }
    await expect(unpackTar(Readable.from(cut()), { folder })).rejects.toThrow('the connection was lost');
    expect(await readdir(folder)).toEqual(['kept']);
    expect(await readFile(join(folder, 'kept'), 'utf8')).toBe('the old one');
  });

  it('gives nobody more rights than a file may have', async () => {
    const { folder } = await unpack([{ name: 'suid', mode: 0o6755, text: 'x' }]);
    expect((await stat(join(folder, 'suid'))).mode & 0o7777).toBe(0o755);
  });

  it('comes back as it was packed, folders that nobody may write to included', async () => {
    const from = await mkdtemp(join(tmpdir(), 'ushadow-tar-'));
    await mkdir(join(from, 'dir/deep'), { recursive: true });
    await writeFile(join(from, 'dir/deep/big'), Buffer.alloc(300_000, 7), { mode: 0o640 });
    await writeFile(join(from, 'dir/empty'), '');
    await symlink('deep/big', join(from, 'dir/link'));
    const to = await mkdtemp(join(tmpdir(), 'ushadow-tar-'));
    const archive = packTar(join(from, 'dir'), 'dir');
    const unpacked = await unpackTar(Readable.from(archive as AsyncIterable<Buffer>), { folder: to, rename: 'copy' });
    expect(unpacked).toMatchObject({ files: 3, bytes: 300_000, refused: [] });
    expect((await readFile(join(to, 'copy/deep/big'))).equals(Buffer.alloc(300_000, 7))).toBe(true);
    expect((await stat(join(to, 'copy/deep/big'))).mode & 0o777).toBe(0o640);
    expect(await readlink(join(to, 'copy/link'))).toBe('deep/big');
  });
});

describe('bytes that nobody takes any more', () => {
  it('are not waited for', async () => {
    const output = new PassThrough({ highWaterMark: 1 });
    const writing = writeTo(output, Buffer.from('more than there is room for'));
    output.destroy();
    await expect(writing).rejects.toThrow();
    await expect(writeTo(output, Buffer.from('x'))).rejects.toThrow();
  });
});
