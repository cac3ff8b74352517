import type { Scope } from '@ushadow/contracts';

/** Where something is to be done; what is absent is not known, or there is none. */
export interface Place {
  readonly cluster?: string | undefined;
  readonly namespace?: string | undefined;
  readonly project?: string | undefined;
}

export type Dimension = keyof Place;

/** What of a place an operation is about. Beyond these it reaches everything, so that only grants for everything hold. */
export const dimensionsOf: Readonly<Record<Scope, readonly Dimension[]>> = {
  installation: [],
  cluster: ['cluster'],
  namespace: ['cluster', 'namespace'],
  project: ['cluster', 'namespace', 'project'],
  stack: ['cluster', 'namespace', 'project'],
};

export function describePlace(scope: Scope, place: Place): string {
  const parts = dimensionsOf[scope].flatMap((dimension) =>
    place[dimension] === undefined ? [] : [`${dimension} ${place[dimension]}`],
  );
  return parts.length === 0 ? 'the installation' : parts.join(', ');
}
