import { formatObjectId, objectId, type KubeObject } from '@ushadow/kubernetes';
import { jsonPointer } from '@ushadow/compose';
import type { Report } from '../diagnostics/reporter.ts';
import { nearestSource } from '../rules/nearest-source.ts';
import type { Veil } from '../sensitive/secret-placeholders.ts';
import { isVeiled, piecesOf, unveiled } from '../sensitive/secret-placeholders.ts';
import type { EmittedObject } from './emit-objects.ts';

/** The objects as they are to be applied; each secret that stands in one for everybody to read is said. */
export function uncover(emitted: readonly EmittedObject[], veil: Veil, report: Report): readonly EmittedObject[] {
  if (veil.length === 0) return emitted;
  return emitted.map((item) => {
    if (!holdsStandIn(item.object)) return item;
    const say = (text: string, trail: readonly (string | number)[]): void => {
      const names = piecesOf(text, veil).flatMap((piece) => (typeof piece === 'string' ? [] : piece.names.slice(0, 1)));
      const pointer = jsonPointer(trail);
      const object = formatObjectId(objectId(item.object));
      for (const variable of new Set(names)) {
        report('CMP0440', nearestSource(item, pointer), { variable, object, field: fieldOf(trail) });
      }
    };
    return { ...item, object: uncovered(item.object, [], veil, say) as KubeObject };
  });
}

function holdsStandIn(part: unknown): boolean {
  if (typeof part === 'string') return isVeiled(part);
  if (typeof part !== 'object' || part === null) return false;
  for (const item of Array.isArray(part) ? (part as readonly unknown[]) : Object.values(part))
    if (holdsStandIn(item)) return true;
  return false;
}

type Say = (text: string, trail: readonly (string | number)[]) => void;

function uncovered(part: unknown, trail: readonly (string | number)[], veil: Veil, say: Say): unknown {
  if (typeof part === 'string') {
    if (!isVeiled(part)) return part;
    say(part, trail);
    return unveiled(part, veil);
  }
  if (Array.isArray(part)) return part.map((item, index) => uncovered(item, [...trail, index], veil, say));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, item]) => [key, uncovered(item, [...trail, key], veil, say)]),
  );
}

/** The nearest name on the way to a text. */
function fieldOf(trail: readonly (string | number)[]): string {
  return trail
    .filter((step) => typeof step === 'string')
    .slice(-2)
    .join('.');
}
