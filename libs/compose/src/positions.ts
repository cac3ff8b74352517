/** A place in a file; lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Where each node of the canonical project was written, by JSON pointer (`/services/web/ports/0/target`; `~1`
 * stands for a slash inside a key, `~0` for a tilde). After a merge it is the place the winning value came from.
 */
export interface PositionIndex {
  /** The position of the node, or of its nearest ancestor that has one; undefined only for an empty project. */
  at(pointer: string): Position | undefined;
}

/** Joins path segments to a JSON pointer. */
export function jsonPointer(segments: readonly (string | number)[]): string {
  let pointer = '';
  for (const segment of segments) pointer += `/${escaped(segment)}`;
  return pointer;
}

function escaped(segment: string | number): string | number {
  if (typeof segment === 'number' || !/[~/]/.test(segment)) return segment;
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Splits a JSON pointer; the empty pointer is the root. */
export function pointerSegments(pointer: string): string[] {
  if (pointer === '') return [];
  const segments = pointer.split('/').slice(1);
  if (!pointer.includes('~')) return segments;
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
