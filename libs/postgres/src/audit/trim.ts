import type { ChainHead } from './seal.ts';

/** The action of an entry that says which older ones were removed. */
export const TRIMMED = 'audit.trimmed';

/** The last entry of those that were exported and might go, as the entry of the trim has it in its details. */
export function trimDetails({ sequence, seal }: ChainHead): { through: number; seal: string } {
  return { through: sequence, seal };
}

/** What an entry says was removed; undefined where it is about something else. */
export function trimOf(record: Readonly<Record<string, unknown>>): ChainHead | undefined {
  const { action, details } = record as { action?: unknown; details?: { through?: unknown; seal?: unknown } };
  if (action !== TRIMMED || typeof details?.through !== 'number' || typeof details.seal !== 'string') return undefined;
  return { sequence: details.through, seal: details.seal };
}
