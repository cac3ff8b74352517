import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';

const COMPOSE = `name: demo
services:
  web:
    image: nginx:1.27
    ports: ["8080:80"]
    environment: { COLOUR: blue, API_KEY: s3cret }
    ulimits: { nofile: 1024 }
  debug:
    image: busybox
    profiles: [debug]
`;

describe('ushadow compile and explain', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ushadow-compile-'));
    writeFileSync(join(folder, 'compose.yaml'), COMPOSE);
    writeFileSync(join(folder, 'broken.yaml'), 'services: {web: {image: a, x-k8s: {Ingress: {}}}}\n');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function ushadow(...args: readonly string[]) {
    let [out, error] = ['', ''];
    const code = await runCommand(args, {
      workingDirectory: folder,
      environment: { NO_COLOR: '1' },
      isTerminal: false,
      print: (text) => (out += text),
      printError: (text) => (error += text),
    });
    return { code, out, error };
  }

  it('lets pods follow their secrets only with a key, which is never an argument itself', async () => {
    writeFileSync(join(folder, 'key'), `${'k'.repeat(32)}\n`);
    writeFileSync(join(folder, 'short'), 'k');
    const digest = async (...args: readonly string[]) => {
      const { out } = await ushadow('compile', '--diagnostics', 'none', ...args);
      return /config-checksum: (\w+)/.exec(out)?.[1];
    };
    expect(await digest()).not.toBe(await digest('--checksum-key', 'key'));
    expect((await ushadow('compile', '--checksum-key', 'none')).code).toBe(2);
    expect((await ushadow('compile', '--checksum-key', 'short')).code).toBe(2);
  });

  it('prints all objects on standard output, findings on standard error', async () => {
    const { code, out, error } = await ushadow('compile');
    expect(code).toBe(0);
    expect(out.match(/^kind: .*/gm)).toEqual(['kind: ConfigMap', 'kind: Secret', 'kind: Service', 'kind: Deployment']);
    expect(error).toContain('warning CMP1001 compose.yaml:7:');
    expect(error).toContain('4 objects; of');
    expect(error).not.toContain('s3cret');
  });

  it('R102: -o DIR writes one file per object, {service}-{kind}.yaml, Secrets for their owner only', async () => {
    const { code, out } = await ushadow('compile', '-o', 'out', '--namespace', 'shop');
    expect([code, out]).toEqual([0, '']);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual([
      'web-configmap.yaml',
      'web-deployment.yaml',
      'web-secret.yaml',
      'web-service.yaml',
    ]);
    expect(readFileSync(join(folder, 'out/web-service.yaml'), 'utf8')).toContain('  namespace: shop\n');
    expect(statSync(join(folder, 'out/web-secret.yaml')).mode & 0o077).toBe(0);
  });

  it('--format json and --profile', async () => {
    const { out } = await ushadow('compile', '--format', 'json', '--profile', 'debug', '--diagnostics', 'none');
    const list = JSON.parse(out) as { items: readonly { metadata: { name: string } }[] };
    expect(list.items.map(({ metadata }) => metadata.name)).toContain('debug');
  });

  it('--json has findings and objects, or the files that were written, also where there are errors', async () => {
    const { out, error } = await ushadow('compile', '--json', '--profile', 'debug');
    const { objects, ...rest } = JSON.parse(out) as { objects: readonly { metadata: { name: string } }[] };
    expect(objects.map(({ metadata }) => metadata.name)).toContain('debug');
    expect([rest, error]).toEqual([expect.objectContaining({ ok: true, coverage: expect.anything() }), '']);
    const written = JSON.parse((await ushadow('compile', '--json', '-o', 'data')).out) as { files: readonly string[] };
    expect([...written.files].sort()).toEqual(readdirSync(join(folder, 'data')).sort());
    const broken = await ushadow('compile', '--json', '-f', 'broken.yaml');
    expect([broken.code, JSON.parse(broken.out)]).toEqual([1, expect.objectContaining({ ok: false })]);
  });

  it('exits with 1 on errors and on warnings with --strict, writing nothing, and with 2 on a wrong call', async () => {
    expect(await ushadow('compile', '-f', 'broken.yaml')).toMatchObject({ code: 1, out: '' });
    expect(await ushadow('compile', '--strict', '-o', 'never')).toMatchObject({ code: 1, out: '' });
    expect(readdirSync(folder)).not.toContain('never');
    expect((await ushadow('compile', '--nonsense')).code).toBe(2);
    expect((await ushadow('compile', '--controller', 'Pod')).code).toBe(2);
  });

  it('explain says where a key goes, what differs and what was found', async () => {
    const explained = await ushadow('explain', 'web.image');
    expect(explained.code).toBe(0);
    expect(explained.out).toMatch(
      /^web\.image: carried over\n {2}Deployment\/web \/spec\/template\/spec\/containers\/0\/image {2}\(.*compose\.yaml:4:12\)\n$/,
    );
    expect((await ushadow('explain', 'web.ulimits')).out).toMatch(
      /^web\.ulimits: not carried over\..*\n {2}warning CMP1001/,
    );
    expect((await ushadow('explain', 'web.tty')).out).toContain('not used in this project');
    expect((await ushadow('explain', 'web.nonsense')).code).toBe(2);
  });
});
