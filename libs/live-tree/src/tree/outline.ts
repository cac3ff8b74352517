/** What a stack wants, as far as its tree has to know. */
export interface StackOutline {
  readonly stackId: string;
  readonly namespace: string;
  readonly services: readonly ServiceOutline[];
}

export interface ServiceOutline {
  readonly service: string;
  /** `Kind/namespace/name` of the objects that it wants. */
  readonly objects: readonly string[];
  /** Those of them whose absence is worth a word. */
  readonly expected: readonly string[];
  /** It runs to its end, once; what has run may be gone. */
  readonly isOneShot: boolean;
}

/** By the id of an object, the services that want it. */
export function wantedBy({ services }: StackOutline): ReadonlyMap<string, readonly ServiceOutline[]> {
  const wanted = new Map<string, ServiceOutline[]>();
  for (const service of services) {
    for (const id of service.objects) {
      const users = wanted.get(id);
      if (users === undefined) wanted.set(id, [service]);
      else users.push(service);
    }
  }
  return wanted;
}
