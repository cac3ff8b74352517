/** A time of a line, in UTC and to the nanosecond, always as long: `2026-01-02T03:04:05.000000006Z`. Compares as text. */
export type LogTime = string;

const FIXED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{9}Z$/;
const ANY = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;
const LONGEST = '2026-01-02T03:04:05.000000006+00:00'.length;
const SPACE = 0x20;
const RADIX = 36;
const NANOS = 1_000_000_000n;

/** Where the time that stands before a line ends, and what it is; undefined where none stands there. */
export function readTime(line: Uint8Array): { readonly time: LogTime; readonly length: number } | undefined {
  const end = line.subarray(0, LONGEST + 1).indexOf(SPACE);
  // A line without a text has no space after its time.
  const length = end < 0 ? line.length : end;
  if (length === 0 || length > LONGEST) return undefined;
  const time = normalTime(String.fromCharCode(...line.subarray(0, length)));
  return time === undefined ? undefined : { time, length: end < 0 ? length : length + 1 };
}

/** Undefined for what is no time. */
export function normalTime(text: string): LogTime | undefined {
  if (FIXED.test(text)) return text;
  const [, seconds = '', fraction = '', zone = ''] = ANY.exec(text) ?? [];
  const milliseconds = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return `${new Date(milliseconds).toISOString().slice(0, -5)}.${fraction.padEnd(9, '0')}Z`;
}

const RECENT_MS = 1_000;

/** Written a moment ago, as far as the clock of the node agrees with ours. */
export function isRecent(time: LogTime, nowMs: number): boolean {
  return nowMs - Date.parse(time) < RECENT_MS;
}

/** Short, for a place to go on from. */
export function packTime(time: LogTime): string {
  return (BigInt(Date.parse(`${time.slice(0, 19)}Z`) / 1_000) * NANOS + BigInt(time.slice(20, 29))).toString(RADIX);
}

export function unpackTime(packed: string): LogTime | undefined {
  if (!/^[0-9a-z]{1,13}$/.test(packed)) return undefined;
  let nanos = 0n;
  for (const digit of packed) nanos = nanos * BigInt(RADIX) + BigInt(Number.parseInt(digit, RADIX));
  const milliseconds = Number(nanos / NANOS) * 1_000;
  if (milliseconds > 8.64e15) return undefined;
  return normalTime(`${new Date(milliseconds).toISOString().slice(0, 19)}.${String(nanos % NANOS).padStart(9, '0')}Z`);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const AGE = /(\d{1,9})(ms|s|m|h|d)/g;

/** A time, or how long ago: `10m`, `1h30m`. Undefined for what is neither. */
export function sinceTime(text: string, nowMs: number): LogTime | undefined {
  const parts = [...text.matchAll(AGE)];
  if (parts.length === 0 || text.replace(AGE, '') !== '') return normalTime(text);
  const ageMs = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNITS[unit] ?? 0), 0);
  return normalTime(new Date(Math.max(0, nowMs - ageMs)).toISOString());
}
