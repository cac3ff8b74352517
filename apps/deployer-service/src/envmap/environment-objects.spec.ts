import { describe, expect, it } from '@jest/globals';
import { environmentObjects, holdsVariables } from './environment-objects.ts';

const dataOf = (variables: Record<string, string>, marks?: Record<string, boolean>) => {
  const { configMap, secret } = environmentObjects('Mem0_UI', 'ushadow', variables, marks);
  return [configMap['data'], secret['data']];
};

describe('environmentObjects', () => {
  it('divides by the one detector, and encodes what is secret (R25–R27, D3)', () => {
    expect(dataOf({ MODE: 'fast', GOOGLE_CREDENTIALS: 'ü', DATABASE_URL: 'postgres://u:p@h/d' })).toEqual([
      { MODE: 'fast' },
      { GOOGLE_CREDENTIALS: 'w7w=', DATABASE_URL: 'cG9zdGdyZXM6Ly91OnBAaC9k' },
    ]);
  });

  it('lets the user decide either way (T8)', () => {
    expect(dataOf({ MODE: 'fast', API_KEY: 'open' }, { MODE: true, API_KEY: false })).toEqual([
      { API_KEY: 'open' },
      { MODE: 'ZmFzdA==' },
    ]);
  });

  it('names both after the service, in a valid form (R109)', () => {
    const { configMap, secret } = environmentObjects('Mem0_UI', 'ushadow', {});
    expect(configMap.metadata.name).toMatch(/^mem0-ui(-[0-9a-f]+)?-config$/);
    expect(secret.metadata.name).toBe(configMap.metadata.name.replace(/config$/, 'secrets'));
    expect([holdsVariables(configMap), holdsVariables(secret)]).toEqual([false, false]);
  });
});
