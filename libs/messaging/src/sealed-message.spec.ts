import { describe, expect, it } from '@jest/globals';
import { operations, type Operation } from '@ushadow/contracts';
import { generateSealKeys } from '@ushadow/secrets';
import fc from 'fast-check';
import type { BusIdentity } from './bus-identity.ts';
import { openAnswer, openRequest, sealAnswer, sealRequest } from './sealed-message.ts';

const keys = {
  gateway: generateSealKeys(),
  cluster: generateSealKeys(),
  compiler: generateSealKeys(),
  scanner: generateSealKeys(),
  deployer: generateSealKeys(),
  operations: generateSealKeys(),
};
type User = keyof typeof keys;
const services = Object.fromEntries(
  Object.entries(keys).map(([user, { publicKey }]) => [user, publicKey]),
) as BusIdentity['services'];
const as = (user: User): BusIdentity => ({ user, nkeySeed: '', sealKeys: keys[user], services });

const putSetting: Operation = operations.putSetting;
const openConnection: Operation = operations.openConnection;
const getCluster: Operation = operations.getCluster;

describe('what is sealed on the bus', () => {
  it('comes out as it went in, at the service that answers and nowhere else', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const input: unknown = { path: 'a', value: text };
        const sent = sealRequest(putSetting, input, as('gateway'));
        expect(openRequest(putSetting, sent, as('compiler'))).toEqual(input);
        for (const other of ['cluster', 'scanner', 'deployer', 'operations', 'gateway'] as const)
          expect(() => openRequest(putSetting, sent, as(other))).toThrow('sealed to the registered key');
      }),
      { numRuns: 20 },
    );
  });

  it('shows nothing of a value', () => {
    const sent = JSON.stringify(sealRequest(putSetting, { path: 'a', value: 'canary-value' }, as('gateway')));
    expect(sent).not.toContain('canary');
    expect(Buffer.from(sent, 'base64').toString('latin1')).not.toContain('canary');
  });

  it('is required: a request in clear, or one that was changed, is refused without repeating it', () => {
    const sent = sealRequest(putSetting, { path: 'a', value: 'canary' }, as('gateway')) as { sealed: string };
    const changed = { sealed: `${sent.sealed.slice(0, -8)}AAAAAAA=` };
    for (const bad of [{ path: 'a', value: 'canary' }, changed, { sealed: 'x' }, { sealed: 7 }, undefined, [], 'x']) {
      const open = (): unknown => openRequest(putSetting, bad, as('compiler'));
      expect(open).toThrow(expect.objectContaining({ code: 'REQUEST_NOT_SEALED', kind: 'forbidden' }));
      expect(open).not.toThrow('canary');
    }
  });

  it('answers the service that asked alone', () => {
    const sent = sealAnswer(openConnection, { token: 't' }, 'deployer', as('cluster'));
    expect(openAnswer(openConnection, sent, as('deployer'))).toEqual({ token: 't' });
    for (const other of ['gateway', 'scanner', 'cluster'] as const)
      expect(() => openAnswer(openConnection, sent, as(other))).toThrow();
    expect(() => sealAnswer(openConnection, { token: 't' }, undefined, as('cluster'))).toThrow();
  });

  it('leaves what has no secret in it as it is', () => {
    const input = { cluster_id: 'x' };
    expect(sealRequest(getCluster, input, as('gateway'))).toBe(input);
    expect(openRequest(getCluster, input, as('cluster'))).toBe(input);
    expect(sealAnswer(getCluster, input, undefined, as('cluster'))).toBe(input);
  });
});
