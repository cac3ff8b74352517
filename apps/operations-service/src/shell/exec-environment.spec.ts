import { describe, expect, it } from '@jest/globals';
import { channels, type Frame } from '@ushadow/byte-streams';
import { execFileSync } from 'node:child_process';
import { startedWith, variablesOf } from './exec-environment.ts';

const { signal } = new AbortController();
const framesOf = (...frames: readonly Frame[]): AsyncIterator<Frame> => {
  async function* all(): AsyncGenerator<Frame> {
    yield* await Promise.resolve(frames);
  }
  return all();
};
const given = (text: string): Frame => ({ channel: channels.environment, bytes: Buffer.from(text) });

describe('variables and folder of a command', () => {
  it('are those of a real program', () => {
    const command = startedWith({ command: ['sh', '-c', 'pwd; echo "$A" "$B" "$1"', 'x', 'a b'], workdir: '/usr' }, [
      ['A', 'it is $HOME'],
      ['B', '"quoted" = 1'],
    ]);
    const [program = '', ...args] = command;
    expect(execFileSync(program, args, { encoding: 'utf8' })).toBe('/usr\nit is $HOME "quoted" = 1 a b\n');
  });

  it('leave a command alone where there are none', () => {
    expect(startedWith({ command: ['ls', '-l'] }, [])).toEqual(['ls', '-l']);
  });

  it('have their values from the stream alone, and are refused where one is missing', async () => {
    expect(await variablesOf([], framesOf(), signal)).toEqual([]);
    expect(await variablesOf(['A'], framesOf(given('{"A":"1","B":"2"}')), signal)).toEqual([['A', '1']]);
    for (const bad of [
      given('{"B":"1"}'),
      given('nonsense'),
      given('{"A":1}'),
      { channel: 0, bytes: Buffer.from('x') },
    ])
      await expect(variablesOf(['A'], framesOf(bad), signal)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(variablesOf(['A'], framesOf(), signal)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
