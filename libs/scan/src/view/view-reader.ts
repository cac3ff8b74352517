import { readNode, type NodeView } from './node-view.ts';
import { readPod, readWorkload, type ContainerView, type PodView } from './pod-view.ts';
import { textAt } from './read-json.ts';
import { readService, type ServiceView } from './service-view.ts';
import { readSlice, type SliceView } from './slice-view.ts';

export interface ScanProblem {
  readonly namespace: string;
  readonly service: string;
  readonly message: string;
}

/** Everything a scan judges by, small. */
export interface ScanViews {
  readonly services: readonly ServiceView[];
  /** Services that could not be understood. */
  readonly problems: readonly ScanProblem[];
  readonly slices: readonly SliceView[];
  /** Pods, and templates of workloads. */
  readonly pods: readonly PodView[];
  readonly nodes: readonly NodeView[];
}

/** Labels, ports and the like that are kept at most: of a cluster of the greatest size some 200 000, some 50 MB at most. */
const ROOM = 500_000;

/**
 * Takes from each object what a scan needs, so that the object can be let go at once. Services come first: they say
 * which labels, pods and nodes matter. Pods that say the same are one view. Reading an object twice does no harm.
 */
export class ViewReader {
  #room: number;
  readonly #selectorKeys = new Set<string>();
  readonly #foundByName = new Set<string>();
  readonly #namespacesByName = new Set<string>();
  readonly #local = new Set<string>();
  readonly #containers = new Map<string, ContainerView>();
  readonly #pods = new Map<string, PodView>();

  constructor(room = ROOM) {
    this.#room = room;
  }

  /** More was sent than is kept: the rest was not looked at. */
  get isFull(): boolean {
    return this.#room < 0;
  }

  /** Undefined when there is no room for it. */
  service(object: unknown): ServiceView | ScanProblem | undefined {
    try {
      const service = readService(object);
      const { labels, selector, ports, loadBalancer } = service;
      if (!this.#take(1 + labels.size + selector.size + ports.length + loadBalancer.length)) return undefined;
      this.#remember(service);
      return service;
    } catch (error) {
      const message = error instanceof Error ? error.message : 'unreadable';
      const namespace = textAt(object, 'metadata', 'namespace') ?? '';
      return { namespace, service: textAt(object, 'metadata', 'name') ?? '(no name)', message };
    }
  }

  slice(object: unknown): SliceView | undefined {
    const slice = readSlice(object);
    if (slice === undefined || !this.#take(1)) return undefined;
    const key = keyOf(slice.namespace, slice.service);
    return {
      ...slice,
      pods: this.#foundByName.has(key) ? slice.pods : [],
      nodes: this.#local.has(key) ? slice.nodes : [],
    };
  }

  /** Undefined when no Service can select it. */
  pod(object: unknown): PodView | undefined {
    return this.#distinct(readPod(object, this.#isSelectorKey));
  }

  /** A Deployment, StatefulSet or DaemonSet. Undefined when no Service can select its pods. */
  workload(object: unknown): PodView | undefined {
    return this.#distinct(readWorkload(object, this.#isSelectorKey));
  }

  node(object: unknown): NodeView | undefined {
    return readNode(object);
  }

  readonly #isSelectorKey = (key: string): boolean => this.#selectorKeys.has(key);

  #remember(service: ServiceView): void {
    const { name, namespace, selector, type, local } = service;
    for (const key of selector.keys()) this.#selectorKeys.add(key);
    if (local) this.#local.add(keyOf(namespace, name));
    if (selector.size > 0 || type === 'ExternalName') return;
    this.#foundByName.add(keyOf(namespace, name));
    this.#namespacesByName.add(namespace);
  }

  #distinct(pod: PodView): PodView | undefined {
    const byName = this.#namespacesByName.has(pod.namespace) && pod.name !== undefined;
    if (pod.labels.size === 0 && !byName) return undefined;
    const containers = pod.containers.flatMap((one) => this.#interned(this.#containers, one, sizeOf(one)) ?? []);
    const view = { ...pod, name: byName ? pod.name : undefined, containers };
    return this.#interned(this.#pods, view, 1 + pod.labels.size + containers.length);
  }

  /** The first view that says the same, else this one; undefined when there is no room for it. */
  #interned<T extends ContainerView | PodView>(known: Map<string, T>, view: T, size: number): T | undefined {
    const key = JSON.stringify(view, (_name, value: unknown) => (value instanceof Map ? [...value] : value));
    const first = known.get(key);
    if (first !== undefined) return first;
    if (!this.#take(size)) return undefined;
    known.set(key, view);
    return view;
  }

  #take(size: number): boolean {
    if (this.#room >= 0) this.#room -= size;
    return this.#room >= 0;
  }
}

const sizeOf = ({ ports, secretVariables }: ContainerView) => 1 + ports.length + secretVariables.length;

export const isProblem = (read: ServiceView | ScanProblem | undefined): read is ScanProblem =>
  read !== undefined && 'message' in read;
export const isService = (read: ServiceView | ScanProblem | undefined): read is ServiceView =>
  read !== undefined && !isProblem(read);

export const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;
