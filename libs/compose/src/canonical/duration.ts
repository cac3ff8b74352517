const UNITS_NS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
};
const NS_MAX = 2n ** 63n - 1n;
const PART = /^([0-9]*)(?:\.([0-9]*))?([^0-9.]+)/;

/** Nanoseconds of a duration such as `1m30s`; undefined when it is none. */
export function parseDurationNs(text: string): bigint | undefined {
  const negative = text.startsWith('-');
  let rest = text.replace(/^[-+]/, '');
  if (rest === '0') return 0n;
  if (rest === '') return undefined;
  let total = 0n;
  while (rest !== '') {
    const part = readPart(rest);
    if (!part) return undefined;
    total += part.ns;
    if (total > NS_MAX) return undefined;
    rest = rest.slice(part.length);
  }
  return negative ? -total : total;
}

function readPart(text: string): { readonly ns: bigint; readonly length: number } | undefined {
  const [whole = '', digits = '', fraction = '', name = ''] = PART.exec(text) ?? [];
  const unit = Object.hasOwn(UNITS_NS, name) ? UNITS_NS[name] : undefined;
  if (unit === undefined || (digits === '' && fraction === '') || whole.length > 60) return undefined;
  const exact = fraction.slice(0, 18);
  const ns = BigInt(digits || '0') * unit + (BigInt(exact || '0') * unit) / 10n ** BigInt(exact.length);
  return { ns, length: whole.length };
}

/** Milliseconds (fractions kept) of a canonical duration; undefined when the text is none. */
export function parseDurationMs(text: string): number | undefined {
  const ns = parseDurationNs(text);
  return ns === undefined ? undefined : Number(ns) / 1e6;
}

/** The canonical text: `1m30s`, `1.5s`, `500ms`, `0s`. */
export function formatDuration(ns: bigint): string {
  if (ns === 0n) return '0s';
  const sign = ns < 0n ? '-' : '';
  const size = ns < 0n ? -ns : ns;
  for (const [unit, scale] of [
    ['ns', 1n],
    ['µs', 1_000n],
    ['ms', 1_000_000n],
  ] as const) {
    if (size < scale * 1_000n && size < 1_000_000_000n) return `${sign}${decimal(size, scale)}${unit}`;
  }
  const hours = size / 3_600_000_000_000n;
  const minutes = (size / 60_000_000_000n) % 60n;
  const seconds = `${decimal(size % 60_000_000_000n, 1_000_000_000n)}s`;
  if (hours > 0n) return `${sign}${hours}h${minutes}m${seconds}`;
  return minutes > 0n ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`;
}

function decimal(value: bigint, scale: bigint): string {
  const fraction = (value % scale)
    .toString()
    .padStart(scale.toString().length - 1, '0')
    .replace(/0+$/, '');
  return fraction === '' || scale === 1n ? `${value / scale}` : `${value / scale}.${fraction}`;
}
