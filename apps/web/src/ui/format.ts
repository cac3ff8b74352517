const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in one unit and rounded down: `just now`, `5 min ago`, `3 days ago`. Times ahead read as now. */
export function timeAgo(timestamp: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(timestamp));
  if (ms < 10 * SECOND) return 'just now';
  if (ms < MINUTE) return `${count(ms, SECOND)} s ago`;
  if (ms < HOUR) return `${count(ms, MINUTE)} min ago`;
  if (ms < DAY) return `${count(ms, HOUR)} h ago`;
  return ms < 2 * DAY ? '1 day ago' : `${count(ms, DAY)} days ago`;
}

/** When something will be, in one unit: `in 58 min`, `in 3 days`; what is past reads as `timeAgo` does. */
export function timeUntil(timestamp: string, now: number): string {
  const ms = Date.parse(timestamp) - now;
  if (ms <= 0) return timeAgo(timestamp, now);
  if (ms < HOUR) return `in ${count(ms, MINUTE)} min`;
  if (ms < 2 * DAY) return `in ${count(ms, HOUR)} h`;
  return `in ${count(ms, DAY)} days`;
}

/** A duration as people say it: `41 ms`, `3.2 s`, `12 s`, `3 min 5 s`, `2 h 4 min`. */
export function duration(ms: number): string {
  const known = Math.max(0, ms);
  if (known < SECOND) return `${String(Math.round(known))} ms`;
  return known < 10 * SECOND ? `${(known / SECOND).toFixed(1)} s` : elapsed(known);
}

/** A duration that is still growing, in whole seconds: `3 s`, `3 min 5 s`. */
export function elapsed(ms: number): string {
  const known = Math.max(0, ms);
  if (known < MINUTE) return `${count(known, SECOND)} s`;
  if (known < HOUR) return `${count(known, MINUTE)} min ${count(known % MINUTE, SECOND)} s`;
  return `${count(known, HOUR)} h ${count(known % HOUR, MINUTE)} min`;
}

/** Date and time in the reader's own zone. */
export function absoluteTime(timestamp: string): string {
  return new Date(timestamp).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** Time of day with seconds, in the reader's own zone. */
export function clockTime(timestamp: string): string {
  return new Date(timestamp).toLocaleTimeString(undefined, { hour12: false });
}

/** The same with milliseconds, for what comes close together. */
export function clockTimeMs(timestamp: string): string {
  return `${clockTime(timestamp)}.${String(new Date(timestamp).getMilliseconds()).padStart(3, '0')}`;
}

const count = (ms: number, unit: number): string => String(Math.floor(ms / unit));

const KIB = 1024;

/** `1 byte`, `940 bytes`, `1.5 KiB`, `4 MiB`: two digits at most, and no more than is there. */
export function formatBytes(bytes: number): string {
  if (bytes < KIB) return bytes === 1 ? '1 byte' : `${String(bytes)} bytes`;
  const [value, unit] = bytes < KIB * KIB ? [bytes / KIB, 'KiB'] : [bytes / KIB / KIB, 'MiB'];
  return `${value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value))} ${unit}`;
}
