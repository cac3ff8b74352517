/** A Kubernetes quantity as an exact number of thousandths: `100m` is 100, `1` is 1000, `1Ki` is 1024000. */
export type MilliUnits = bigint;

const SUFFIXES: Readonly<Record<string, { readonly numerator: bigint; readonly denominator: bigint }>> = {
  n: { numerator: 1n, denominator: 1_000_000n },
  u: { numerator: 1n, denominator: 1_000n },
  m: { numerator: 1n, denominator: 1n },
  '': { numerator: 1_000n, denominator: 1n },
  k: { numerator: 1_000n * 10n ** 3n, denominator: 1n },
  M: { numerator: 1_000n * 10n ** 6n, denominator: 1n },
  G: { numerator: 1_000n * 10n ** 9n, denominator: 1n },
  T: { numerator: 1_000n * 10n ** 12n, denominator: 1n },
  P: { numerator: 1_000n * 10n ** 15n, denominator: 1n },
  E: { numerator: 1_000n * 10n ** 18n, denominator: 1n },
  Ki: { numerator: 1_000n * 2n ** 10n, denominator: 1n },
  Mi: { numerator: 1_000n * 2n ** 20n, denominator: 1n },
  Gi: { numerator: 1_000n * 2n ** 30n, denominator: 1n },
  Ti: { numerator: 1_000n * 2n ** 40n, denominator: 1n },
  Pi: { numerator: 1_000n * 2n ** 50n, denominator: 1n },
  Ei: { numerator: 1_000n * 2n ** 60n, denominator: 1n },
};
const SHAPE = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([eE])([+-]?\d{1,2})|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?)$/;

/** Parses `500m`, `4G`, `4Gi`, `1.5`, `1e3`; undefined when it is no quantity. Fractions of a thousandth round up. */
export function parseQuantity(text: string): MilliUnits | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [, sign = '', digits = '', , exponent, suffix = ''] = match;
  const [whole = '', fraction = ''] = digits.split('.');
  let numerator = BigInt(`${whole}${fraction}`);
  let denominator = 10n ** BigInt(fraction.length);
  const unit = SUFFIXES[suffix];
  if (unit === undefined) return undefined;
  numerator *= unit.numerator;
  denominator *= unit.denominator;
  const power = Number(exponent ?? 0);
  if (power >= 0) numerator *= 10n ** BigInt(power);
  else denominator *= 10n ** BigInt(-power);
  const rounded = (numerator + denominator - 1n) / denominator;
  return sign === '-' ? -rounded : rounded;
}

const BINARY = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'] as const;
const DECIMAL = ['E', 'P', 'T', 'G', 'M', 'k', ''] as const;

/** Prints exactly, with the largest suffix of the wanted family that divides it; thousandths as `m`. */
export function formatQuantity(value: MilliUnits, family: 'binary' | 'decimal' = 'decimal'): string {
  if (value === 0n) return '0';
  const suffixes = family === 'binary' ? [...BINARY, ''] : DECIMAL;
  for (const suffix of suffixes) {
    const size = SUFFIXES[suffix]?.numerator ?? 1n;
    if (value % size === 0n) return `${value / size}${suffix}`;
  }
  return `${value}m`;
}

/** Negative when `a` is less than `b`, positive when more, 0 when equal; undefined when one is no quantity. */
export function compareQuantities(a: string, b: string): number | undefined {
  const [left, right] = [parseQuantity(a), parseQuantity(b)];
  if (left === undefined || right === undefined) return undefined;
  return left < right ? -1 : left > right ? 1 : 0;
}
