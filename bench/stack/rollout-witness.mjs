const KINDS = [
  { group: 'apps', version: 'v1', kind: 'Deployment' },
  { group: 'apps', version: 'v1', kind: 'StatefulSet' },
  { group: 'batch', version: 'v1', kind: 'Job' },
];

/** Sees, beside whoever deploys, when the workloads of a namespace become ready. */
export class RolloutWitness {
  #watches = [];
  /** By kind and name: the generation that was seen ready. */
  #ready = new Map();
  #times = [];
  #failure;

  /** Resolves when it sees all that is there. */
  static async start(transport, namespace) {
    const witness = new RolloutWitness();
    await Promise.all(KINDS.map((kind) => witness.#follow(transport.watch({ ...kind, namespace }))));
    return witness;
  }

  /** Forgets the times up to now. */
  forget() {
    this.#times = [];
  }

  /** When a workload became ready, milliseconds since the epoch, in order. */
  times() {
    if (this.#failure !== undefined) throw this.#failure;
    return [...this.#times];
  }

  stop() {
    for (const watch of this.#watches) watch.close();
  }

  #follow(watch) {
    this.#watches.push(watch);
    return new Promise((synced, failed) => {
      const read = async () => {
        for await (const event of watch) {
          if (event.type === 'synced') synced();
          else if (event.object !== undefined && event.type !== 'deleted') this.#look(event.object);
        }
      };
      read().catch((error) => {
        this.#failure = error;
        failed(error);
      });
    });
  }

  #look(object) {
    const { kind, metadata } = object;
    const key = `${kind}/${metadata.name}`;
    if (!isReady(object) || this.#ready.get(key) === metadata.generation) return;
    this.#ready.set(key, metadata.generation);
    this.#times.push(Date.now());
  }
}

function isReady({ kind, metadata, spec, status = {} }) {
  if (kind === 'Job')
    return (status.conditions ?? []).some(({ type, status: is }) => type === 'Complete' && is === 'True');
  const {
    observedGeneration = 0,
    replicas = 0,
    readyReplicas = 0,
    updatedReplicas = 0,
    availableReplicas = 0,
  } = status;
  const wanted = spec.replicas ?? 1;
  const isSeen = observedGeneration >= metadata.generation && updatedReplicas === wanted && readyReplicas === wanted;
  return isSeen && (kind === 'StatefulSet' || (availableReplicas === wanted && replicas === wanted));
}
