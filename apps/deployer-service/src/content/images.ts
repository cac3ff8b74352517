import { listAt, podSpecOf, textAt } from '@ushadow/kubernetes';
import type { WantedObject } from './stack-content.ts';

/** The images that pods of these objects run, each once. */
export function imagesOf(objects: readonly WantedObject[]): readonly string[] {
  const pods = objects.map(({ object }) => podSpecOf(object));
  const containers = pods.flatMap((pod) => [...listAt(pod, ['initContainers']), ...listAt(pod, ['containers'])]);
  const images = containers.map((container) => textAt(container, ['image']));
  return [...new Set(images)].filter((image) => image !== '');
}
