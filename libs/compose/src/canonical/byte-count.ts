const UNITS: Readonly<Record<string, number>> = {
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
  p: 1024 ** 5,
};

/** Bytes of a size such as `512m`, `1.5g`, `64KiB`, `1024`; undefined when it is none. */
export function parseByteCount(text: string): number | undefined {
  if (/^[-+]?[0-9]+$/.test(text)) return Number(text);
  const match = /^([0-9]*\.?[0-9]*) ?([a-z]*)$/i.exec(text);
  const [, digits = '', suffix = ''] = match ?? [];
  if (!match || !/[0-9]/.test(digits)) return undefined;
  const unit = suffix.toLowerCase();
  if (unit === '' || unit === 'b') return Math.trunc(Number(digits));
  const [, letter = ''] = /^([kmgtp])(?:i?b)?$/.exec(unit) ?? [];
  const factor = UNITS[letter];
  return factor === undefined ? undefined : Math.trunc(Number(digits) * factor);
}
