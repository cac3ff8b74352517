import type { OverrideData } from '@ushadow/contracts';
import { formatSteps } from '@ushadow/deploy-engine';
import type { ConfigurationChange } from '../stack-content.ts';

/** `web:image`, `web:replicas`, `web:probe`, or `Deployment/shop/web:spec.paused`. */
export function overrideName({ service, key, object, path }: OverrideData): string {
  return key === 'field' ? `${object ?? ''}:${formatSteps(path ?? [])}` : `${service}:${key}`;
}

/** True for the name of an override, and for the service that it is of. */
export function isNamed(override: OverrideData, name: string): boolean {
  return name === override.service || name === overrideName(override);
}

/** Overrides after some were added in the place of those of their names, and some given up. */
export function putOverrides(
  overrides: readonly OverrideData[],
  { put = [], dropped = [] }: Pick<ConfigurationChange, 'put' | 'dropped'>,
): OverrideData[] {
  const replaced = new Set([...put.map(overrideName), ...dropped]);
  return [...overrides.filter((override) => !replaced.has(overrideName(override))), ...put];
}
