/** Pointers by what lies below them. */
export interface Traces {
  /** One of them is at this pointer or below. */
  hasBelow(pointer: string): boolean;
  /**
   * One of them is at this pointer or below, or is the resource that it lies in: what comes from that as a whole, such as a
   * ConfigMap from a config, comes from everything in its definition that can come to something.
   */
  has(pointer: string): boolean;
}

/** Where the objects, or what was said, show what became of a key. */
export function tracesOf(pointers: Iterable<string>): Traces {
  const above = new Set<string>();
  const whole = new Set<string>();
  for (const pointer of new Set(pointers)) {
    if (/^\/(?!services\/)[^/]+\/[^/]+$/.test(pointer)) whole.add(pointer);
    for (let at = pointer; at !== '' && !above.has(at); at = at.slice(0, at.lastIndexOf('/'))) above.add(at);
  }
  return {
    hasBelow: (pointer) => above.has(pointer),
    has: (pointer) => above.has(pointer) || whole.has(pointer.split('/', 3).join('/')),
  };
}
