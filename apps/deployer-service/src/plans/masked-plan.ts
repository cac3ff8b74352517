import type { Plan } from '@ushadow/deploy-engine';

/** Where words of the cluster stand. Digests and names are left alone. */
const SAID: ReadonlySet<string> = new Set(['before', 'after', 'message', 'value', 'unverifiedReason']);

/** What the cluster says may hold credentials of others; the engine masks those of the deployment itself. */
export function maskedPlan(plan: Plan, redact: (text: string) => string): Plan {
  return JSON.parse(JSON.stringify(plan), (key, value: unknown) => {
    if (typeof value === 'string') return SAID.has(key) ? redact(value) : value;
    const isTexts = key === 'warnings' && Array.isArray(value) && value.every((item) => typeof item === 'string');
    return isTexts ? value.map((item) => redact(item)) : value;
  }) as Plan;
}
