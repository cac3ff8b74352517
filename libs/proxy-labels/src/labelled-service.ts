/** A label or a variable, and where it stands. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  /** JSON pointer. */
  readonly path: string;
}

/** What proxies over Docker see of a service. */
export interface LabelledService {
  readonly name: string;
  readonly image: string | undefined;
  /** Says of a proxy which services it takes, such as `--providers.docker.exposedbydefault=false`. */
  readonly command: readonly string[];
  /** Those of `labels` and of `deploy.labels`. */
  readonly labels: readonly Entry[];
  /** As resolved. */
  readonly environment: readonly Entry[];
  /** Sources of its mounts, of which the Docker socket is recognised. */
  readonly mounts: readonly string[];
  /** Where they are in the container. */
  readonly mountedAt: readonly string[];
  /** What it publishes to others. */
  readonly ports: readonly { readonly container: number; readonly published: number }[];
}
