import type { ConfigurationChange, StackConfiguration } from './stack-content.ts';

export type TriedSecrets = Pick<StackConfiguration, 'values' | 'secrets'>;

/**
 * Secrets that deployments since the last good content were given, as long as that has none of the name: one of them may have
 * failed after a database was made with it. The newest of each name counts.
 */
export function triedSecrets(
  good: TriedSecrets | undefined,
  changesNewestFirst: readonly ConfigurationChange[],
): TriedSecrets {
  const values = new Map<string, string>();
  for (const change of changesNewestFirst.toReversed()) {
    for (const name of change.forget ?? []) values.delete(name);
    for (const [name, value] of Object.entries(change.values ?? {}))
      if (change.secrets?.[name] === true && !Object.hasOwn(good?.values ?? {}, name)) values.set(name, value);
  }
  return {
    values: Object.fromEntries(values),
    secrets: Object.fromEntries([...values.keys()].map((name) => [name, true])),
  };
}
