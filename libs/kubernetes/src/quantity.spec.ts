import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareQuantities, formatQuantity, parseQuantity } from './quantity.ts';

describe('quantities (R70, M4)', () => {
  it.each([
    ['100m', 100n],
    ['0.5', 500n],
    ['1', 1000n],
    ['1e3', 1_000_000n],
    ['1E', 1000n * 10n ** 18n],
    ['4G', 4_000_000_000_000n],
    ['4Gi', 4_294_967_296_000n],
    ['1.5Gi', 1_610_612_736_000n],
    ['100n', 1n],
    ['-1', -1000n],
    ['.5', 500n],
  ])('%s is %s thousandths', (text, value) => expect(parseQuantity(text)).toBe(value));

  it.each(['', 'abc', '1 Gi', '4g', '4GB', '1e', '1ee3', '0x10', '1.2.3'])('%j is no quantity', (text) =>
    expect(parseQuantity(text)).toBeUndefined(),
  );

  it('knows that 4G is less than 4Gi and that 1 equals 1000m', () => {
    expect(compareQuantities('4G', '4Gi')).toBe(-1);
    expect(compareQuantities('1', '1000m')).toBe(0);
    expect(compareQuantities('1', 'x')).toBeUndefined();
  });

  it('prints without loss', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.constantFrom('binary', 'decimal'), (value, family) => {
        expect(parseQuantity(formatQuantity(value, family))).toBe(value);
      }),
    );
    expect(formatQuantity(4_294_967_296_000n, 'binary')).toBe('4Gi');
    expect(formatQuantity(500n)).toBe('500m');
  });
});
