/** CPU in thousandths of a core, memory in bytes. */
export interface Amount {
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  /** By resource: the key that says the amount. */
  readonly paths: Readonly<Record<string, string>>;
}

export interface ResourceNeeds {
  readonly limits: Amount;
  readonly reservations: Amount;
  readonly gpus: readonly Gpu[];
  /** Bytes of scratch space, `storage_opt.size`. */
  readonly scratch: number | undefined;
  readonly sharedMemory: number | undefined;
}

export interface Gpu {
  readonly driver: string | undefined;
  /** Undefined asks for all of them. */
  readonly count: number | undefined;
  readonly path: string;
}

export interface Placement {
  readonly constraints: readonly { readonly text: string; readonly path: string }[];
  readonly spread: readonly string[];
  readonly maxPerNode: number | undefined;
}

export interface Rollout {
  readonly mode: 'replicated' | 'global' | 'replicated-job' | 'global-job';
  readonly replicas: number | undefined;
  /** Zero is all at once. */
  readonly parallelism: number | undefined;
  readonly order: 'start-first' | 'stop-first' | undefined;
  readonly delaySeconds: number | undefined;
  readonly monitorSeconds: number | undefined;
}
