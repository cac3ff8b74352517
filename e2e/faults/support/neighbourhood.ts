import { OWNER_ANNOTATION, readOwner, valueAt, type KubeObject } from '@ushadow/kubernetes';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { STACK } from './compose-app.ts';

const STILL_MS = 300;
const STILL_TRIES = 20;

/** What a deployment of a stack has no business with: others' objects, and the pods of services it is not about. */
export class Neighbourhood {
  readonly #bench: Bench;
  readonly #namespace: string;
  /** Of this deployment; all of the stack's unless told. */
  readonly #services: readonly string[] | undefined;
  readonly #objects: ReadonlyMap<string, string>;
  readonly #pods: ReadonlyMap<string, string>;

  private constructor(
    bench: Bench,
    namespace: string,
    services: readonly string[] | undefined,
    found: { readonly objects: ReadonlyMap<string, string>; readonly pods: ReadonlyMap<string, string> },
  ) {
    this.#bench = bench;
    this.#namespace = namespace;
    this.#services = services;
    this.#objects = found.objects;
    this.#pods = found.pods;
  }

  /** Looks at it once it keeps still: controllers write a little longer than a deployment takes. */
  static async look(bench: Bench, namespace: string, services?: readonly string[]): Promise<Neighbourhood> {
    watchOneShots(bench, namespace);
    const others = (): Promise<Map<string, string>> => bench.witness.versions(namespace, isOthers);
    let objects = await others();
    for (let tries = 0; tries < STILL_TRIES; tries++) {
      await delay(STILL_MS);
      const again = await others();
      const isStill = JSON.stringify([...again]) === JSON.stringify([...objects]);
      objects = again;
      if (isStill) break;
    }
    return new Neighbourhood(bench, namespace, services, { objects, pods: await bench.witness.pods(namespace) });
  }

  /** What was written that should not have been, since the look. */
  async violations(): Promise<readonly string[]> {
    const objects = await this.#bench.witness.versions(this.#namespace, isOthers);
    const pods = await this.#bench.witness.pods(this.#namespace);
    const written = [...this.#objects].filter(([key, version]) => objects.get(key) !== version);
    const stays = (service: string): boolean =>
      service === 'web' || (this.#services !== undefined && !this.#services.includes(service));
    const replaced = [...this.#pods].filter(([service, uids]) => stays(service) && pods.get(service) !== uids);
    return [
      ...written.map(([key, was]) => `neighbour: ${key} was ${was}, is ${objects.get(key) ?? 'gone'}`),
      ...replaced.map(([service, was]) => `pods of ${service}: were ${was}, are ${pods.get(service) ?? 'gone'}`),
      ...doubledOneShots(this.#bench, this.#namespace),
    ];
  }
}

/** Whatever bears no mark of the stack; what Kubernetes itself puts there is among it. */
function isOthers({ metadata: { annotations } }: KubeObject): boolean {
  const mark = annotations?.[OWNER_ANNOTATION];
  return mark === undefined || readOwner(mark)?.project !== STACK;
}

/** Uids of the Jobs that were ever seen, by what they do. */
const oneShots = new WeakMap<Bench, Map<string, Map<string, Set<string>>>>();

function watchOneShots(bench: Bench, namespace: string): void {
  const known = oneShots.get(bench) ?? new Map<string, Map<string, Set<string>>>();
  oneShots.set(bench, known);
  if (known.has(namespace)) return;
  const seen = new Map<string, Set<string>>();
  known.set(namespace, seen);
  bench.witness.watchJobs(namespace, (job) => {
    const pod = JSON.stringify(valueAt(job.spec, ['template', 'spec', 'containers']));
    const uids = seen.get(pod) ?? new Set();
    seen.set(pod, uids.add(job.metadata.uid ?? ''));
  });
}

function doubledOneShots(bench: Bench, namespace: string): string[] {
  const seen = [...(oneShots.get(bench)?.get(namespace) ?? [])];
  return seen.flatMap(([pod, uids]) => (uids.size > 1 ? [`a one-shot ran ${uids.size} times: ${pod}`] : []));
}
