import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../command.ts';
import { runCommand } from '../run-command.ts';
import { requestOf } from './request-options.ts';

describe('commands that speak to the gateway', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ushadow-cli-'));
    writeFileSync(join(folder, 'a.env'), 'A=from-file\nB="two words"\n');
    writeFileSync(join(folder, 'spec.yaml'), 'service_type: NodePort\nreplicas: 1\n');
    writeFileSync(join(folder, 'list.yaml'), '- 1\n');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const surroundings = () => ({
    workingDirectory: folder,
    environment: { FROM_SHELL: 'shell', NO_COLOR: '1' },
    isTerminal: false,
    print: () => undefined,
    printError: () => undefined,
  });
  async function ushadow(args: readonly string[]) {
    let [out, error] = ['', ''];
    const code = await runCommand(args, {
      ...surroundings(),
      print: (text) => (out += text),
      printError: (text) => (error += text),
    });
    return { code, out, error };
  }

  it('read variables from files, from arguments and from the shell, the later ones winning', () => {
    const request = requestOf(
      { 'env-file': ['a.env'], env: ['A=typed=x', 'FROM_SHELL', 'EMPTY='], spec: 'spec.yaml', replicas: '3' },
      surroundings(),
    );
    expect(request).toEqual({
      env_vars: { A: 'typed=x', B: 'two words', FROM_SHELL: 'shell', EMPTY: '' },
      k8s_spec: { service_type: 'NodePort', replicas: 3 },
    });
  });

  it('leave to the gateway what was not said', () => {
    expect(requestOf({}, surroundings())).toEqual({});
  });

  it.each([
    [{ env: ['NOT_SET'] }],
    [{ 'env-file': ['absent.env'] }],
    [{ spec: 'list.yaml' }],
    [{ replicas: 'many' }],
    [{ recreate: 'sometimes' }],
  ])('refuse %j', (values) => {
    expect(() => requestOf(values, surroundings())).toThrow(UsageError);
  });

  it.each([
    [['deploy']],
    [['deploy', 'a', 'b']],
    [['deploy', '--nope']],
    [['deploy', 'shop:web', '--plan', 'x']],
    [['deploy', '--plan', 'x', '--replicas', '2']],
    [['plan']],
    [['cancel']],
    [['rollback']],
    [['rollback', 'web', '--deployment', 'x']],
    [['history']],
    [['audit', 'forge']],
    [['status', '--limit', 'few']],
    [['status', '--api', 'ftp://x']],
  ])('exit with 2 and say how they are called: %j', async (args) => {
    const { code, error } = await ushadow(args);
    expect([code, error]).toEqual([2, expect.stringContaining('Usage: ushadow')]);
  });

  it('exit with 5 when no gateway answers, and say where it was looked for', async () => {
    const { code, error } = await ushadow(['status', '--api', 'http://127.0.0.1:9']);
    expect(code).toBe(5);
    expect(error).toContain('GATEWAY_UNREACHABLE');
    expect(error).toContain('http://127.0.0.1:9');
  });
});
