import type { ContainerView, PodView } from './pod-view.ts';

/** Finds the containers behind a Service without walking every pod for every Service. */
export class PodIndex {
  readonly #byLabel = new Map<string, PodView[]>();
  readonly #byName = new Map<string, PodView>();
  readonly #selected = new Map<string, readonly ContainerView[]>();

  constructor(pods: readonly PodView[]) {
    for (const pod of pods) {
      if (pod.name !== undefined) this.#byName.set(nameKey(pod.namespace, pod.name), pod);
      for (const [name, value] of pod.labels) {
        const key = labelKey(pod.namespace, name, value);
        const known = this.#byLabel.get(key);
        if (known === undefined) this.#byLabel.set(key, [pod]);
        else known.push(pod);
      }
    }
  }

  /** Containers of the pods a selector takes, equal ones once. Empty for an empty selector. */
  selected(namespace: string, selector: ReadonlyMap<string, string>): readonly ContainerView[] {
    const keys = [...selector].map(([name, value]) => labelKey(namespace, name, value)).sort();
    const together = keys.join();
    const known = this.#selected.get(together) ?? containersOf(this.#matching(keys, selector));
    this.#selected.set(together, known);
    return known;
  }

  /** The same for pods by their names. */
  named(namespace: string, names: readonly string[]): readonly ContainerView[] {
    return containersOf(names.flatMap((name) => this.#byName.get(nameKey(namespace, name)) ?? []));
  }

  #matching(keys: readonly string[], selector: ReadonlyMap<string, string>): readonly PodView[] {
    const [shortest = []] = keys.map((key) => this.#byLabel.get(key) ?? []).sort((a, b) => a.length - b.length);
    return shortest.filter((pod) => [...selector].every(([name, value]) => pod.labels.get(name) === value));
  }
}

/** Equal containers are one view already. */
const containersOf = (pods: readonly PodView[]) => [...new Set(pods.flatMap((pod) => pod.containers))];

const labelKey = (namespace: string, name: string, value: string) => `${namespace}/${name}=${value}`;
const nameKey = (namespace: string, name: string) => `${namespace}/${name}`;
