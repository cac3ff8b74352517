const UNITS = [
  { suffix: 'd', ms: 86_400_000 },
  { suffix: 'h', ms: 3_600_000 },
  { suffix: 'm', ms: 60_000 },
] as const;

/** One unit, rounded down: `59s`, `3m`, `23h`, `12d`. Empty when the time stamp cannot be read. */
export function formatAge(timestamp: string, nowMs: number): string {
  const ageMs = Math.max(0, nowMs - Date.parse(timestamp));
  if (Number.isNaN(ageMs)) return '';
  const unit = UNITS.find(({ ms }) => ageMs >= ms) ?? { suffix: 's', ms: 1_000 };
  return `${Math.floor(ageMs / unit.ms)}${unit.suffix}`;
}
