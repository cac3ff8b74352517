import type { ChainHead } from './seal.ts';

/** The action of an entry that says which older ones were removed. */
export const TRIMMED = 'audit.trimmed';

/** What an entry says was removed. */
export interface Trim {
  /** The last entry of those that were exported and might go. */
  readonly last: ChainHead;
  /** Keys that others have followed by then. That cannot be seen any more once their entries are gone. */
  readonly formerKeys: readonly string[];
}

/** As the entry of the trim has it in its details. */
export function trimDetails({ last: { sequence, seal }, formerKeys }: Trim): {
  through: number;
  seal: string;
  former_keys: string[];
} {
  return { through: sequence, seal, former_keys: [...formerKeys] };
}

/** Undefined where an entry is about something else. */
export function trimOf(record: Readonly<Record<string, unknown>>): Trim | undefined {
  const { action, details } = record as { action?: unknown; details?: Readonly<Record<string, unknown>> };
  const { through, seal, former_keys: formerKeys } = details ?? {};
  if (action !== TRIMMED || typeof through !== 'number' || typeof seal !== 'string' || !Array.isArray(formerKeys))
    return undefined;
  return { last: { sequence: through, seal }, formerKeys: formerKeys.map(String) };
}
