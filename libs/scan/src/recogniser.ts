export interface RecogniserPort {
  /** The protocol of the port; a variable such as `QDRANT_GRPC_PORT` asks for it by this word. */
  readonly name: string;
  readonly port: number;
  /** Schemes of URLs that mean this port: `http` is Neo4j's 7474, `bolt` its 7687. */
  readonly schemes?: readonly string[];
  /**
   * Applications connect to it, unless said: `side` is offered beside another (consoles, Sentinel), `inner` is what
   * members or monitoring use and is not offered. A Service with such ports alone is no candidate.
   */
  readonly use?: 'side' | 'inner';
}

/** What gives one kind of infrastructure away, and how it is addressed. Data only. */
export interface Recogniser {
  readonly type: string;
  /** For people. */
  readonly title: string;
  /** Whole words that name it in Service names, labels, port names and variable names. No two types share one. */
  readonly names: readonly string[];
  /** Words that mean it in variable names only, where they are common and elsewhere say little. */
  readonly variableNames?: readonly string[];
  /** Last path segments of image repositories that are it. */
  readonly images: readonly string[];
  /** The first is the one applications connect to. */
  readonly ports: readonly [RecogniserPort, ...RecogniserPort[]];
  /** Words in port names that nothing else uses. */
  readonly portNames?: readonly string[];
  /** False when many other programs listen on its port: then the port alone says nothing. */
  readonly distinctivePort: boolean;
  /** Scheme of its connection string. */
  readonly scheme: string;
  /** Schemes of URLs that mean it, without a driver's `+suffix`. */
  readonly schemes: readonly string[];
  /** Its clients also take `host=… port=…` in place of a URL. */
  readonly keywords?: true;
  /** Variables of its image that hold credentials; a Secret they come from is offered by reference. */
  readonly credentials?: { readonly user: readonly string[]; readonly password: readonly string[] };
}
