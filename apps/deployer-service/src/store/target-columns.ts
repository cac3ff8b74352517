import type { Target } from '@ushadow/contracts';

/** A target as tables have it. */
interface TargetColumns {
  readonly targetKind: string;
  readonly targetId: string;
}

export function targetColumns({ kind, id }: Target): TargetColumns {
  return { targetKind: kind, targetId: id };
}

/** A check of the table sees to it that the kind is one of those there are. */
export function targetOf({ targetKind, targetId }: TargetColumns): Target {
  return { kind: targetKind as Target['kind'], id: targetId };
}
