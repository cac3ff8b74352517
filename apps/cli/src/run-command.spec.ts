import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

const GOOD =
  'name: demo\nservices:\n  web:\n    image: nginx\n    command: echo $$HOME\n    ports: ["80:80"]\nvolumes: {unused: }\n';
const BAD = 'services:\n  web:\n    imge: nginx\n';

describe('ushadow', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ushadow-cli-'));
    writeFileSync(join(folder, 'compose.yaml'), GOOD);
    writeFileSync(join(folder, 'bad.yaml'), BAD);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function ushadow(args: readonly string[], isTerminal = false) {
    let [out, error] = ['', ''];
    const code = await runCommand(args, {
      workingDirectory: folder,
      environment: { NO_COLOR: '1' },
      isTerminal,
      print: (text) => (out += text),
      printError: (text) => (error += text),
    });
    return { code, out, error };
  }

  it('check finds the file by name and exits with 0 when there are no errors', async () => {
    expect(await ushadow(['check'])).toEqual({ code: 0, out: 'demo: 1 service, no errors\n', error: '' });
  });

  it('check exits with 1 on errors and names code, place and remedy', async () => {
    const { code, out } = await ushadow(['check', '-f', 'bad.yaml']);
    expect(code).toBe(1);
    expect(out).toContain('error CPS0401 bad.yaml:3:5 The key "imge" is not known here.\n  Did you mean "image"?\n');
    expect(out).toMatch(/\n2 errors\n$/);
  });

  it('check shows the line with a caret on a terminal', async () => {
    const { out } = await ushadow(['check', '-f', 'bad.yaml'], true);
    expect(out).toContain('  2 |   web:\n> 3 |     imge: nginx\n    |     ^\n');
  });

  it('check --json prints the findings as data', async () => {
    const { code, out } = await ushadow(['check', '-f', 'bad.yaml', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, diagnostics: [{ code: 'CPS0401' }, { code: 'CPS0801' }] });
  });

  it('config prints a project that loads again: used resources only, dollars doubled', async () => {
    const { code, out } = await ushadow(['config']);
    expect(code).toBe(0);
    expect(out).toMatch(/^name: demo\nservices:\n {2}web:\n/);
    expect(out).toContain('- $$HOME');
    expect(out).not.toContain('unused');
    writeFileSync(join(folder, 'again.yaml'), out);
    expect((await ushadow(['config', '-f', 'again.yaml'])).out).toBe(out);
  });

  it('config --format json mirrors docker compose', async () => {
    const { out } = await ushadow(['config', '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({
      name: 'demo',
      services: { web: { ports: [{ target: 80, published: '80' }] } },
    });
  });

  it('config prints nothing but the findings when there are errors', async () => {
    const { code, out, error } = await ushadow(['config', '-f', 'bad.yaml']);
    expect([code, out]).toEqual([1, '']);
    expect(error).toContain('CPS0401');
  });

  it.each([[['chek']], [['check', '--nope']], [['config', '--format', 'xml']], [[]]])(
    'exits with 2 and says how to call it: %j',
    async (args) => {
      const { code, out, error } = await ushadow(args);
      expect(code).toBe(2);
      expect(out + error).toContain('Usage: ushadow');
    },
  );

  it('tells about each command', async () => {
    expect(await ushadow(['check', '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('--profile') });
  });
});
