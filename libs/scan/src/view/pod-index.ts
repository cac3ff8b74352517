import type { ContainerView, PodView } from './pod-view.ts';

/** Finds the containers behind a Service without walking every pod for every Service. */
export class PodIndex {
  readonly #byLabel = new Map<string, PodView[]>();

  constructor(pods: readonly PodView[]) {
    for (const pod of pods) {
      for (const [name, value] of pod.labels) {
        const key = labelKey(pod.namespace, name, value);
        const known = this.#byLabel.get(key);
        if (known === undefined) this.#byLabel.set(key, [pod]);
        else known.push(pod);
      }
    }
  }

  /** Containers of the pods a selector takes, each image and set of ports once. Empty for an empty selector. */
  containers(namespace: string, selector: ReadonlyMap<string, string>): readonly ContainerView[] {
    const lists = [...selector].map(([name, value]) => this.#byLabel.get(labelKey(namespace, name, value)) ?? []);
    const [shortest = []] = lists.sort((a, b) => a.length - b.length);
    const selected = shortest.filter((pod) => [...selector].every(([name, value]) => pod.labels.get(name) === value));
    const distinct = new Map<string, ContainerView>();
    for (const container of selected.flatMap((pod) => pod.containers)) {
      const key = JSON.stringify([container.image, container.ports]);
      if (!distinct.has(key)) distinct.set(key, container);
    }
    return [...distinct.values()];
  }
}

const labelKey = (namespace: string, name: string, value: string) => `${namespace}/${name}=${value}`;
