/** What is started in the container. `undefined` leaves the image's own; an empty list clears it. */
export interface Process {
  readonly entrypoint: readonly string[] | undefined;
  readonly command: readonly string[] | undefined;
  readonly workingDir: string | undefined;
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly hostname: string | undefined;
  readonly domainname: string | undefined;
  readonly reapZombies: boolean;
}

/** When the container ends. `unset` is Compose's silence, which is no evidence of a one-shot. */
export interface Restart {
  readonly policy: 'always' | 'on-failure' | 'never' | 'unset';
  readonly attempts: number | undefined;
  readonly path: string;
}

export interface Hook {
  readonly command: readonly string[];
  readonly user: string | undefined;
  readonly privileged: boolean;
  readonly workingDir: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly path: string;
}

/** A step before the start, in a container of its own. */
export interface Step extends Hook {
  /** Undefined: the image of the service. */
  readonly image: string | undefined;
  /** Undefined leaves the image's own. */
  readonly entrypoint: readonly string[] | undefined;
}

export interface Lifecycle {
  /** Seconds, whole; undefined leaves the platform's default. */
  readonly stopGraceSeconds: number | undefined;
  readonly stopSignal: string | undefined;
  readonly before: readonly Step[];
  readonly afterStart: readonly Hook[];
  readonly beforeStop: readonly Hook[];
}
