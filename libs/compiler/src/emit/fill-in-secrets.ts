import { formatObjectId, objectId, type KubeObject } from '@ushadow/kubernetes';
import { jsonPointer } from '@ushadow/compose';
import type { Report } from '../diagnostics/reporter.ts';
import { nearestSource } from '../rules/nearest-source.ts';
import type { SecretPlaceholders } from '../sensitive/secret-placeholders.ts';
import { hasPlaceholder, piecesOf, withSecrets } from '../sensitive/secret-placeholders.ts';
import type { EmittedObject } from './emit-objects.ts';

/** The objects as they are to be applied; each secret in one that everybody can read is reported. */
export function fillInSecrets(
  emitted: readonly EmittedObject[],
  placeholders: SecretPlaceholders,
  report: Report,
): readonly EmittedObject[] {
  if (placeholders.length === 0) return emitted;
  return emitted.map((item) => {
    if (!holdsPlaceholder(item.object)) return item;
    const reportOpen = (text: string, trail: readonly (string | number)[]): void => {
      const names = piecesOf(text, placeholders).flatMap((piece) =>
        typeof piece === 'string' ? [] : piece.names.slice(0, 1),
      );
      const pointer = jsonPointer(trail);
      const object = formatObjectId(objectId(item.object));
      for (const variable of new Set(names)) {
        report('CMP0440', nearestSource(item, pointer), { variable, object, field: fieldOf(trail) });
      }
    };
    return { ...item, object: filledIn(item.object, [], placeholders, reportOpen) as KubeObject };
  });
}

function holdsPlaceholder(part: unknown): boolean {
  if (typeof part === 'string') return hasPlaceholder(part);
  if (typeof part !== 'object' || part === null) return false;
  for (const item of Array.isArray(part) ? (part as readonly unknown[]) : Object.values(part))
    if (holdsPlaceholder(item)) return true;
  return false;
}

type ReportOpen = (text: string, trail: readonly (string | number)[]) => void;

function filledIn(
  part: unknown,
  trail: readonly (string | number)[],
  placeholders: SecretPlaceholders,
  reportOpen: ReportOpen,
): unknown {
  if (typeof part === 'string') {
    if (!hasPlaceholder(part)) return part;
    reportOpen(part, trail);
    return withSecrets(part, placeholders);
  }
  if (Array.isArray(part))
    return part.map((item, index) => filledIn(item, [...trail, index], placeholders, reportOpen));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, item]) => [key, filledIn(item, [...trail, key], placeholders, reportOpen)]),
  );
}

/** The nearest name on the way to a text. */
function fieldOf(trail: readonly (string | number)[]): string {
  return trail
    .filter((step) => typeof step === 'string')
    .slice(-2)
    .join('.');
}
