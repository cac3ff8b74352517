import type { LoadResult } from '@ushadow/compose';
import { pointerSegments, jsonPointer } from '@ushadow/compose';

/** The variables that a part of a project was written with, such as `/services/web/command`, by its path. */
export function writtenIn(templates: LoadResult['templates']): (path: string) => ReadonlySet<string> {
  const byPart = new Map<string, Set<string>>();
  for (const { path, references } of templates) {
    const part = partOf(path);
    const names = byPart.get(part) ?? new Set();
    for (const { name } of references) names.add(name);
    byPart.set(part, names);
  }
  return (path) => byPart.get(partOf(path)) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();

/** A key of a service, or a config. */
function partOf(path: string): string {
  const segments = pointerSegments(path);
  return jsonPointer(segments.slice(0, segments[0] === 'services' ? 3 : 2));
}
