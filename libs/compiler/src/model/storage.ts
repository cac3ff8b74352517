export interface Volume {
  /** The volume's own name, which other projects would use. */
  readonly name: string;
  readonly external: boolean;
  /** Each replica of the one service that mounts it has a claim of its own. */
  readonly perReplica: boolean;
  /** Whether it is filled from an image while it is empty; undefined: nobody said. */
  readonly copyUp: boolean | undefined;
  readonly driver: string | undefined;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly path: string;
}

/** Something mounted into a container. */
export interface Mount {
  readonly kind: 'volume' | 'anonymous' | 'bind' | 'memory' | 'image' | 'cluster' | 'pipe';
  /** Volume key, path on the machine, or image reference. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly subPath: string | undefined;
  readonly propagation: string | undefined;
  /** Bytes, for memory mounts. */
  readonly size: number | undefined;
  readonly noCopy: boolean;
  /** Whether it is filled from this image while it is empty; undefined: nobody said. */
  readonly copyUp: boolean | undefined;
  readonly path: string;
}

/** A config or secret: where its content is. */
export interface FileSource {
  readonly name: string;
  readonly external: boolean;
  readonly content: string | undefined;
  readonly file: string | undefined;
  readonly environment: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly path: string;
}

/** A config or secret given to a service as a file. */
export interface FileGrant {
  readonly kind: 'config' | 'secret';
  readonly source: string;
  /** Absolute path in the container. */
  readonly target: string;
  readonly mode: number | undefined;
  /** Who owns the file; the user who runs where the file does not say. */
  readonly uid: string | undefined;
  readonly path: string;
}
