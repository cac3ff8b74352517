import type { DependencyCondition, DesiredState } from '@ushadow/deploy-engine';
import type { StackObjects } from './stack-content.ts';

const conditions = { started: 'started', ready: 'ready', completed: 'complete' } as const satisfies Record<
  string,
  DependencyCondition
>;

/** The objects of a content as the engine takes them. */
export function toDesiredState({ objects, dependencies, sourceMap }: StackObjects): DesiredState {
  return {
    objects: objects.map(({ object }) => object),
    dependencies: dependencies.map(({ from, to, condition }) => ({
      object: from,
      on: to,
      condition: conditions[condition],
    })),
    sources: sourceMap.map(({ object, pointer, path, position }) => ({ object, pointer, path, ...position })),
  };
}
