import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runUshadow } from '../testing/run-ushadow.ts';

const compose = `name: shop
services:
  web:
    image: web:\${TAG:-1}
    env_file: [web.env]
    environment: {PORT: "\${PORT}", KEY: "\${KEY:?a key}", DEBUG: "\${DEBUG:+yes}"}
    ports: ["\${PORT}:80"]
    volumes: ["\${DATA:-./data}:/data"]
    depends_on: [db]
    models: {llm: {endpoint_var: LLM_URL}}
  db: {image: postgres, volumes: ["rows:/rows"]}
  tool: {build: ., profiles: [tools]}
volumes: {rows: {}, unused: {}}
models: {llm: {model: ai/small}}
`;

describe('config', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
    writeFileSync(join(folder, 'compose.yaml'), compose);
    writeFileSync(join(folder, 'web.env'), 'FROM_FILE=here\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const config = (...args: string[]) =>
    runUshadow(['config', ...args], { workingDirectory: folder, environment: { PORT: '8080', KEY: 'k' } });

  it('leaves an env file out once its variables are there, and keeps it unread when asked', async () => {
    const plain = await config();
    expect(plain.out).toContain('FROM_FILE: here');
    expect(plain.out).not.toMatch(/env_file|command|unused|tool/);
    const unread = await config('--no-env-resolution');
    expect(unread.out).toContain('env_file');
    expect(unread.out).not.toContain('FROM_FILE');
  });

  it('leaves variables as they are written, in long forms too', async () => {
    const { out, code } = await config('--no-interpolate');
    expect(code).toBe(0);
    expect(out).toContain('image: web:${TAG:-1}');
    expect(out).toContain('- ${PORT}:80');
    expect(out).toContain('source: ${DATA:-./data}');
    expect(out).toContain('tool:');
  });

  it.each([
    [['--services'], 'db\nweb\n'],
    [['--services', 'db'], 'db\n'],
    [['--services', 'tool'], 'tool\n'],
    [['--images', 'tool'], 'shop-tool\n'],
    [['--volumes'], 'rows\n'],
    [['--networks'], 'default\n'],
    [['--models'], 'ai/small\n'],
    [['--profiles'], 'tools\n'],
    [['--quiet'], ''],
  ])('%j prints names', async (args, out) => {
    expect(await config(...args)).toMatchObject({ code: 0, out });
  });

  it('tells which variables there are, whether they have values or not', async () => {
    const { out } = await runUshadow(['config', '--variables', '--format', 'json'], { workingDirectory: folder });
    expect(JSON.parse(out)).toEqual({
      DATA: { Name: 'DATA', DefaultValue: './data', PresenceValue: '', Required: false },
      DEBUG: { Name: 'DEBUG', DefaultValue: '', PresenceValue: 'yes', Required: false },
      KEY: { Name: 'KEY', DefaultValue: '', PresenceValue: '', Required: true },
      PORT: { Name: 'PORT', DefaultValue: '', PresenceValue: '', Required: false },
      TAG: { Name: 'TAG', DefaultValue: '1', PresenceValue: '', Required: false },
    });
  });

  it('writes a file for its owner only', async () => {
    expect(await config('-o', 'out.yaml')).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(join(folder, 'out.yaml'), 'utf8')).toBe((await config()).out);
    expect(statSync(join(folder, 'out.yaml')).mode & 0o777).toBe(0o600);
  });

  it.each([['--hash=*'], ['--resolve-image-digests'], ['--lock-image-digests'], ['nosuch'], ['--format=toml']])(
    '%s cannot be had, and says why',
    async (arg) => {
      const { code, error } = await config(arg);
      expect(code).toBe(2);
      expect(error).toMatch(/--hash is|--\w+-image-digests asks|no service nosuch|--format is/);
    },
  );
});

describe('a folder whose files reach the one above it', () => {
  let above: string;

  beforeAll(() => {
    above = mkdtempSync(join(tmpdir(), 'above-'));
    for (const name of ['shop', 'shop/sub', 'other']) mkdirSync(join(above, name));
    writeFileSync(join(above, 'common.yaml'), 'services: {base: {image: nginx}}\n');
    const web = '{extends: {file: ../common.yaml, service: base}, volumes: ["..:/all", ".:/own"]}';
    writeFileSync(join(above, 'shop/compose.yaml'), `include: [../common.yaml]\nservices: {web: ${web}}\n`);
  });
  afterAll(() => rmSync(above, { recursive: true }));

  it.each([
    ['shop', []],
    ['shop', ['-f', './compose.yaml']],
    ['shop/sub', []],
    ['shop/sub', ['-f', '../compose.yaml', '--project-directory', '..']],
    ['.', ['-f', 'shop/compose.yaml']],
    ['other', ['-f', '../shop/compose.yaml']],
    ['other', ['-f', '../shop/compose.yaml', '--project-directory', '../shop']],
  ])('is the same project from wherever it is asked for: in %s by %j', async (from, args) => {
    const { out } = await runUshadow(['config', ...args], { workingDirectory: join(above, from) });
    expect(out).toMatch(/^name: shop$/m);
    const sources = [...out.matchAll(/source: (.+)$/gm)].map(([, source]) => source);
    expect(sources).toEqual([above, join(above, 'shop')]);
  });
});
