import { describe, expect, it } from '@jest/globals';
import { runUshadow, type Ran } from '../testing/run-ushadow.ts';

const exec = (...args: string[]): Promise<Ran> =>
  runUshadow(['exec', ...args], { workingDirectory: '/', environment: { USHADOW_API: 'http://127.0.0.1:1' } });

describe('ushadow exec', () => {
  it.each([
    [['-u', 'root'], '--user is not possible: a container runs every command as its own user.'],
    [['--index', '2'], '--index is not possible: pods have no numbers. Name one with --pod'],
    [['-d'], '--detach is not possible: a command ends with its connection.'],
    [['--privileged'], '--privileged is not possible'],
    [['-e', 'not-a-name=secret-value'], '--env is written NAME=VALUE or NAME, unlike not-a-name.'],
    [['-e', 'ABSENT'], '--env ABSENT has no value: this shell has no such variable.'],
  ])('says of %j why it cannot be and what to do, and never a value', async (args, message) => {
    const { code, error } = await exec(...args, 'web', 'sh');
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
    expect(error).not.toContain('secret-value');
  });

  it('takes what people type, up to the service', async () => {
    for (const args of [['-it'], ['-T', '-e', 'A=1', '--env', 'B=', '-w', '/tmp'], ['-eA=1', '-w/tmp']]) {
      const { error } = await exec(...args, 'web', 'sh', '-c', 'exit 1');
      expect(error).not.toContain('Usage');
    }
  });
});
