import { describe, expect, it } from '@jest/globals';
import { triedSecrets } from './tried-secrets.ts';

const given = (values: Record<string, string>, forget: string[] = []) => ({
  values,
  forget,
  secrets: Object.fromEntries(Object.keys(values).map((name) => [name, name.includes('PASSWORD')])),
});

describe('triedSecrets', () => {
  it('what a failed deployment was given counts until it is forgotten, the newest of each name', () => {
    const [first, second] = [given({ PASSWORD: 'a', OTHER_PASSWORD: 'x' }), given({ PASSWORD: 'b' })];
    expect(triedSecrets(undefined, [second, first])).toEqual({
      values: { PASSWORD: 'b', OTHER_PASSWORD: 'x' },
      secrets: { PASSWORD: true, OTHER_PASSWORD: true },
    });
    expect(triedSecrets(undefined, [given({}, ['PASSWORD']), second, first]).values).toEqual({ OTHER_PASSWORD: 'x' });
  });

  it('what good content has holds, and what is no secret is not kept', () => {
    const good = { values: { PASSWORD: 'good' }, secrets: {} };
    expect(triedSecrets(good, [given({ PASSWORD: 'a', GREETING: 'hello' })]).values).toEqual({});
  });
});
