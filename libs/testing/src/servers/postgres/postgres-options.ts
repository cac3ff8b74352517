export type PostgresOptions = {
  /** Holds the data; made when missing. As root it must be reachable for Postgres's own account. */
  readonly directory: string;
  /** Of the superuser; fixed when the data directory is made. */
  readonly password: string;
  /** Any free port by default. */
  readonly port?: number;
  /** False trades safety on power loss for speed, as tests want it. */
  readonly durable?: boolean;
  readonly logFile?: string;
};
/** A Postgres server on loopback. `url` is a superuser's; a server that was given to us is left running by `stop`. */
export type PostgresServer = {
  readonly url: string;
  readonly source: 'environment' | 'binaries' | 'container';
  readonly stop: () => Promise<void>;
};
/** Many systems share one server, each with a pool of up to ten for each of its processes. */
export const MAX_CONNECTIONS = 1_000;
