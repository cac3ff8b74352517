import type { UsedVariableData } from '@ushadow/contracts';
import type { ResolvedVariable } from '@ushadow/environment';
import type { ValueDigest } from './value-digest.ts';

/** What went into a deployment, for whoever keeps it. `inSecrets`: variables that the compiler has put into a Secret. */
export function usedVariables(
  variables: readonly ResolvedVariable[],
  inSecrets: ReadonlySet<string>,
  digest: ValueDigest,
): UsedVariableData[] {
  return variables.flatMap(({ name, winner, secret }) => {
    if (winner === undefined) return [];
    const isSecret = secret || inSecrets.has(name);
    return {
      name,
      source: winner.source,
      setting_paths: [...winner.settingPaths],
      is_secret: isSecret,
      value: isSecret ? null : winner.value,
      digest: digest.of(name, winner.value),
    };
  });
}
