import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tablesOf } from '../support/database-dump.ts';
import { Namespace, nodeKubeconfig } from './support/kubectl.ts';
import { Product } from './support/product.ts';
import { ShellProcess, type ShellEnd } from './support/shell-process.ts';

jest.setTimeout(300_000);

const MIB = 1024 * 1024;
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const describeOnNode = nodeKubeconfig ? describe : describe.skip;

describeOnNode('a shell into what runs (needs USHADOW_E2E_KUBECONFIG)', () => {
  const namespace = new Namespace('e2e-shell');
  let product: Product;
  let folder: string;
  const open: ShellProcess[] = [];

  const start = (args: readonly string[], options: { tty?: boolean } = {}): ShellProcess => {
    const shell = new ShellProcess(product.gatewayUrl, [args[0] ?? '', '-p', 'shell', ...args.slice(1)], {
      ...options,
      cwd: folder,
    });
    open.push(shell);
    return shell;
  };
  const run = (args: readonly string[]): Promise<ShellEnd> => start(args).finish();
  const audit = async (action: string) =>
    (await product.client.listAudit({ limit: 100 })).entries.filter((each) => each.action === action);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ushadow-shell-'));
    product = await Product.start(import.meta.url);
    product.offer('shell/compose.yaml', 'shell');
    const { deployment } = await product.up({ project: 'shell', namespace: namespace.name });
    expect(deployment.status).toBe('succeeded');
  });
  afterEach(() => {
    for (const shell of open.splice(0)) shell.child.kill('SIGKILL');
  });
  afterAll(async () => {
    await product?.stop();
    await namespace.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('exec', () => {
    it('gives the exit code of the command, and its output and errors apart', async () => {
      const ended = await run(['exec', '-T', 'tools', 'sh', '-c', 'echo "$GREETING"; echo wrong >&2; exit 7']);
      expect(ended).toEqual({ code: 7, out: 'hello\n', error: 'wrong\n' });
      expect((await run(['exec', 'tools', '--', 'true'])).code).toBe(0);
      expect((await run(['exec', 'tools', 'sh', '-c', 'kill -9 $$'])).code).toBe(137);
    });

    it('hands on the options of the command, and `--help` before it alone is its own', async () => {
      expect((await run(['exec', 'tools', 'echo', '-n', '-p', '--help'])).out).toBe('-p --help');
      expect((await run(['exec', '--help'])).out).toContain('Usage: ushadow exec');
    });

    it('passes 50 MiB each way through a pipe with equal digests', async () => {
      const bytes = randomBytes(50 * MIB);
      const shell = start(['exec', '-T', 'tools', 'sh', '-c', 'tee /tmp/big | sha256sum >&2; cat /tmp/big']);
      shell.type(bytes);
      const { code, error } = await shell.finish();
      expect([code, error.split(' ')[0]]).toEqual([0, digest(bytes)]);
      expect(digest(shell.bytes)).toBe(digest(bytes));
      await run(['exec', '-T', 'tools', 'rm', '/tmp/big']);
    });

    it('gives a terminal, whose size follows ours, and puts ours back as it was', async () => {
      const shell = start(['exec', 'tools', 'sh'], { tty: true });
      shell.type('stty size; tty; echo is-$((40 + 2))\n');
      await shell.sees(/\/dev\/pts\/\d+[\s\S]*is-42/);
      shell.type('exit 3\n');
      expect((await shell.ended).code).toBe(3);
    });

    it('hands Ctrl-C on to what runs at the terminal', async () => {
      const shell = start(['exec', 'tools', 'sh'], { tty: true });
      shell.type('echo at-$((1 + 1)); sleep 1000\n');
      await shell.sees(/at-2/);
      shell.type('\u0003');
      shell.type('echo after-$((1 + 1))\n');
      await shell.sees(/after-2/);
      shell.type('exit\n');
      await shell.ended;
    });

    it('ends with the signal that ends it, at once', async () => {
      const shell = start(['exec', '-T', 'tools', 'sh', '-c', 'echo up; sleep 1000']);
      await shell.sees(/up/);
      shell.child.kill('SIGTERM');
      expect((await shell.ended).code).toBe(143);
    });

    it('says what cannot be: no such program, pod, container or service', async () => {
      expect(await run(['exec', 'tools', 'bash'])).toMatchObject({
        code: 127,
        error: expect.stringContaining('There is no “bash” in this container'),
      });
      const refused = async (...args: string[]) => (await run(['exec', ...args])).error;
      expect(await refused('--pod', 'gone-1', 'tools', 'sh')).toContain('tools has no pod gone-1. It has: tools-');
      expect(await refused('-c', 'nope', 'tools', 'sh')).toContain('has no container nope. It has:');
      expect(await refused('nope', 'sh')).toContain('has no service nope');
    });

    it('runs beside an image that has no shell, in a container for debugging', async () => {
      const { code, error } = await run(['exec', 'bare', 'sh']);
      expect([code, error]).toEqual([127, expect.stringContaining('--debug IMAGE')]);
      const debug = await run(['exec', '--debug', 'busybox:1.36', 'bare', 'sh', '-c', 'ps | grep -c "[p]ause"']);
      expect(debug).toMatchObject({ code: 0, out: '1\n' });
    });
  });

  describe('port-forward', () => {
    it('leads to the port of the pod, by HTTP and by any protocol, for many connections at once', async () => {
      const web = start(['port-forward', 'web', ':80']);
      const port = await web.sees(/127\.0\.0\.1:(\d+)/);
      const pages = await Promise.all(
        Array.from({ length: 20 }, () => fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.status)),
      );
      expect(new Set(pages)).toEqual(new Set([200]));
      web.child.kill('SIGINT');
      expect((await web.ended).code).toBe(0);

      const store = start(['port-forward', '--json', 'store', ':6379']);
      const told = JSON.parse(await store.sees(/({.*})/)) as { port: number };
      const socket = connect(told.port, '127.0.0.1');
      await once(socket, 'connect');
      const big = 'x'.repeat(5 * MIB);
      socket.write(`*3\r\n$3\r\nSET\r\n$1\r\na\r\n$${String(big.length)}\r\n${big}\r\n*2\r\n$3\r\nGET\r\n$1\r\na\r\n`);
      let read = '';
      for await (const bytes of socket as AsyncIterable<Buffer>) {
        read += bytes.toString('latin1');
        if (read.length >= big.length + 5) break;
      }
      expect(digest(Buffer.from(read))).toBe(digest(Buffer.from(`+OK\r\n$${String(big.length)}\r\n${big}\r\n`)));
      socket.destroy();
    });

    it('says that nothing listens, and goes on', async () => {
      const web = start(['port-forward', 'web', ':81']);
      const port = await web.sees(/127\.0\.0\.1:(\d+)/);
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'close');
      for (const until = Date.now() + 10_000; web.error === '' && Date.now() < until;)
        await new Promise((next) => setTimeout(next, 50));
      expect(web.error).toBe('Nothing listens on port 81 of the pod.\n');
      expect(web.child.exitCode).toBeNull();
    });

    it('is opened at the port that looks most like pages', async () => {
      const web = start(['open', '--no-browser', 'web']);
      const url = await web.sees(/(http:\/\/127\.0\.0\.1:\d+) leads to port 80 of web/);
      expect((await fetch(url)).status).toBe(200);
    });
  });

  describe('cp', () => {
    it('copies files and folders in and out, with their modes and links', async () => {
      mkdirSync(join(folder, 'site/deep'), { recursive: true });
      const bytes = randomBytes(3 * MIB);
      writeFileSync(join(folder, 'site/deep/data.bin'), bytes);
      writeFileSync(join(folder, 'site/run.sh'), '#!/bin/sh\n');
      chmodSync(join(folder, 'site/run.sh'), 0o755);
      writeFileSync(join(folder, 'site/empty'), '');
      symlinkSync('deep/data.bin', join(folder, 'site/link'));
      expect(await run(['cp', 'site', 'tools:/tmp/'])).toMatchObject({ code: 0, error: '' });
      const inside = await run([
        'exec',
        'tools',
        'sh',
        '-c',
        'cd /tmp/site; ls -l run.sh; readlink link; sha256sum deep/data.bin',
      ]);
      expect(inside.out).toMatch(/^-rwxr-xr-x.*root.*root[\s\S]*\ndeep\/data\.bin\n/);
      expect(inside.out).toContain(digest(bytes));
      expect(await run(['cp', 'tools:/tmp/site', 'back'])).toMatchObject({ code: 0, error: '' });
      expect(digest(readFileSync(join(folder, 'back/deep/data.bin')))).toBe(digest(bytes));
      expect(statSync(join(folder, 'back/run.sh')).mode & 0o777).toBe(0o755);
      expect(readlinkSync(join(folder, 'back/link'))).toBe('deep/data.bin');
      expect(await run(['cp', 'tools:/tmp/site/run.sh', './one.sh'])).toMatchObject({ code: 0 });
      expect(readFileSync(join(folder, 'one.sh'), 'utf8')).toBe('#!/bin/sh\n');
    });

    it('takes no link that leads out of the target, and says so', async () => {
      await run([
        'exec',
        'tools',
        'sh',
        '-c',
        'mkdir -p /tmp/evil; cd /tmp/evil; ln -s /etc/passwd p; ln -s ../../x up; echo ok > fine',
      ]);
      const { code, error } = await run(['cp', 'tools:/tmp/evil', 'evil']);
      expect(code).toBe(1);
      expect(error).toContain('not copied: evil/p is a link that leads out of the target');
      expect(error).toContain('not copied: evil/up is a link that leads out of the target');
      expect(readFileSync(join(folder, 'evil/fine'), 'utf8')).toBe('ok\n');
    });

    it('says what is not there', async () => {
      expect((await run(['cp', 'tools:/tmp/nope', 'x'])).error).toContain('nope');
      expect((await run(['cp', './nope', 'tools:/tmp/'])).error).toContain('There is no');
      expect((await run(['cp', 'bare:/pause', 'x'])).error).toContain('The container of bare has no tar');
    });
  });

  it('is in the audit with who and what, and how it ended, and never what went through it', async () => {
    const canary = `canary-${randomBytes(8).toString('hex')}`;
    const shell = start(['exec', '-T', 'tools', 'cat']);
    shell.type(canary);
    expect(await shell.finish()).toMatchObject({ code: 0, out: canary });
    await run(['exec', '-T', 'tools', 'sh', '-c', 'exit 9']);
    const begun = (await audit('command.started')).find((each) =>
      each.details['command']?.toString().includes('exit 9'),
    );
    expect(begun).toMatchObject({
      target: 'shell/tools',
      services: ['tools'],
      result: 'accepted',
      details: { container: 'tools', command: ['sh', '-c', 'exit 9'], tty: false },
    });
    const find = async () =>
      (await audit('command.ended')).find((each) => each.details['command']?.toString().includes('exit 9'));
    for (const until = Date.now() + 10_000; (await find()) === undefined && Date.now() < until;)
      await new Promise((next) => setTimeout(next, 100));
    expect(await find()).toMatchObject({
      request_id: begun?.request_id,
      details: { exit_code: 9, ended_by: 'itself' },
    });
    expect(product.logs()).not.toContain(canary);
    expect(JSON.stringify(await tablesOf(product.database))).not.toContain(canary);
  });

  it('is refused where the cluster’s policy does not allow it, and ends when that is switched off', async () => {
    const [{ cluster_id = '' } = {}] = await product.client.listClusters({});
    const shell = start(['exec', '-T', 'tools', 'sh', '-c', 'echo up; sleep 1000']);
    await shell.sees(/up/);
    await product.client.updateCluster({ cluster_id, policies: { namespaces: { [namespace.name]: { exec: false } } } });
    expect(await shell.ended).toMatchObject({ code: 1, error: expect.stringContaining('POLICY_REFUSED') });
    const { code, error } = await run(['exec', 'tools', 'sh']);
    expect([code, error]).toEqual([1, expect.stringContaining('switched off in the namespace e2e-shell of node')]);
    await product.client.updateCluster({ cluster_id, policies: { namespaces: {} } });
    expect((await run(['exec', 'tools', 'true'])).code).toBe(0);
  });

  it.each(['operations-service', 'gateway'] as const)(
    'whose %s is killed ends in words and with the right exit code, and is served again at once',
    async (service) => {
      const shell = start(['exec', 'tools', 'sh', '-c', 'echo up; sleep 1000'], { tty: true });
      await shell.sees(/up/);
      const forward = start(['port-forward', 'web', ':80']);
      await forward.sees(/127\.0\.0\.1:(\d+)/);
      await product.restart(service);
      const [ended, forwarded] = await Promise.all([shell.ended, forward.ended]);
      expect(ended.code).toBe(5);
      expect(ended.out).toContain('CONNECTION_LOST');
      expect(forwarded).toMatchObject({ code: 5, error: expect.stringContaining('CONNECTION_LOST') });
      expect((await run(['exec', 'tools', 'true'])).code).toBe(0);
    },
  );
});
