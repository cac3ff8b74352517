import { mapInfrastructure } from '@ushadow/scan';
import type { ScannedInfra } from '../environment-input.ts';
import type { Level, Offer } from './level.ts';

/** Infrastructure of the cluster, in the shape of the declared default; one candidate for each different value (R35). */
export const scanLevel: Level = ({ name, declared, input }) => {
  // Only declared variables are set from a scan (M9).
  if (declared === undefined) return [];
  const variables = declared.references.map((reference) => reference.name);
  const fallback = declared.unset.length > 0 ? undefined : (declared.value ?? undefined);
  const isKept = input.kept?.has(name) === true;
  const offers = new Map<string, Offer>();
  for (const { infra } of input.scans) {
    const mapped = mapInfrastructure(name, fallback, infra);
    if (mapped === undefined || offers.has(mapped.value)) continue;
    const doubts = doubtsOf(infra[mapped.type] ?? {}, isKept);
    offers.set(mapped.value, {
      source: 'scan',
      value: mapped.value,
      reason: [mapped.reason, ...(doubts.length === 0 ? [] : [doubts.map(({ text }) => text).join(', ')])].join('; '),
      eligible: !doubts.some(({ forbids }) => forbids),
      origin: { variables },
    });
  }
  return [...offers.values()];
};

interface Doubt {
  readonly text: string;
  /** It is only offered, never taken by itself. */
  readonly forbids: boolean;
}

function doubtsOf({ confidence, ready, stack = null }: Partial<ScannedInfra>, isKept: boolean): readonly Doubt[] {
  return [
    ...(isKept ? [{ text: 'the project has a service of its own for it', forbids: true }] : []),
    ...(stack === null ? [] : [{ text: `it belongs to the stack ${stack}; choose it to use it`, forbids: true }]),
    ...(confidence === 'low' ? [{ text: 'low confidence', forbids: true }] : []),
    ...(ready === false ? [{ text: 'not ready', forbids: false }] : []),
  ];
}
