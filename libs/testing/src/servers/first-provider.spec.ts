import { describe, expect, it } from '@jest/globals';
import { firstProvider } from './first-provider.ts';
import type { Provider } from './first-provider.ts';
import { programRemedy } from './programs/find-program.ts';

const provider = (name: string, find: () => Promise<string | undefined>): Provider<string> => ({ name, find });
const closed = (name: string): Provider<string> => provider(name, async () => undefined);

describe('firstProvider', () => {
  it('takes the first that is open and does not ask the others', async () => {
    const asked: string[] = [];
    const open = (name: string): Provider<string> =>
      provider(name, async () => {
        asked.push(name);
        return name;
      });
    expect(await firstProvider('x', [closed('a'), open('b'), open('c')], '')).toBe('b');
    expect(asked).toEqual(['b']);
  });

  it('stops at one that is open and fails, rather than hiding its error behind the next', async () => {
    const broken = provider('a', () => Promise.reject(new Error('disk full')));
    await expect(firstProvider('x', [broken, provider('b', async () => 'b')], '')).rejects.toThrow('disk full');
  });

  it('says where it looked and what to install when nothing is open', async () => {
    const attempt = firstProvider('kwok', [closed('PATH'), closed('the cache')], programRemedy('kwok'));
    await expect(attempt).rejects.toThrow(/no kwok found \(looked at: PATH, the cache\).*https:\/\/go\.dev\/dl/);
  });
});
