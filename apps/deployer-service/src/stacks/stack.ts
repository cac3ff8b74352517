import type { Target } from '@ushadow/contracts';

/** A project in a namespace of a target. */
export interface StackPlace {
  readonly target: Target;
  readonly namespace: string;
  readonly project: string;
}

/** What is deployed, owns objects, has a history and is removed. */
export interface Stack extends StackPlace {
  readonly id: string;
  /** Made by an env map; the first deployment of that service takes it in. */
  readonly isEnvmap: boolean;
  readonly createdAt: Date;
}
