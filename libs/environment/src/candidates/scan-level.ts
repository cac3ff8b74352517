import { mapInfrastructure } from '@ushadow/scan';
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
    const { confidence, ready } = infra[mapped.type] ?? {};
    const doubts = [
      ...(isKept ? ['the project has a service of its own for it'] : []),
      ...(confidence === 'low' ? ['low confidence'] : []),
      ...(ready === false ? ['not ready'] : []),
    ];
    offers.set(mapped.value, {
      source: 'scan',
      value: mapped.value,
      reason: [mapped.reason, ...(doubts.length === 0 ? [] : [doubts.join(', ')])].join('; '),
      eligible: confidence !== 'low' && !isKept,
      origin: { variables },
    });
  }
  return [...offers.values()];
};
