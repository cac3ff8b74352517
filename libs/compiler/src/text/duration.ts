const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };
const PART = /(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g;

/** Seconds of a Go duration such as `1m30s`; undefined for absent or malformed text. */
export function durationSeconds(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  let total = 0;
  let rest = text;
  for (const [part = '', amount, unit = ''] of text.matchAll(PART)) {
    total += Number(amount) * (UNITS[unit] ?? 0);
    rest = rest.replace(part, '');
  }
  return rest === '' || rest === '0' ? total : undefined;
}
