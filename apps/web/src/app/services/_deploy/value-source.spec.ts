import { describe, expect, it } from '@jest/globals';
import { fromCompose, fromScan, saved, variable } from './testing/sample-environment.ts';
import { overriddenScan } from './value-source.ts';

const found = variable('REDIS_URL', { candidates: [fromScan('redis://found'), fromCompose('redis://cache')] });
const kept = variable('REDIS_URL', { candidates: [saved('redis://mine'), fromScan('redis://found')] });

describe('overriddenScan', () => {
  it('names the scan that a typed or saved value stands before (T5)', () => {
    expect(overriddenScan(found, { value: { kind: 'text', text: 'x' } })).toMatchObject({ where: 'infra/redis' });
    expect(overriddenScan(kept, undefined)).toMatchObject({ where: 'infra/redis' });
  });

  it('is nothing while the scan is used, or is used again', () => {
    expect(overriddenScan(found, undefined)).toBeNull();
    expect(overriddenScan(found, { secret: true })).toBeNull();
    expect(overriddenScan(kept, { value: { kind: 'forget' } })).toBeNull();
  });

  it('is nothing where no scan would be taken', () => {
    const offered = variable('A', { candidates: [saved('x'), fromScan('y', { eligible: false })] });
    expect(overriddenScan(offered, undefined)).toBeNull();
  });
});
