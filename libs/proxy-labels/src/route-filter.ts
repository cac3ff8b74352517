/** What is done to a request or its answer on the way. */
export type RouteFilter = Origin &
  (
    | {
        readonly kind: 'redirect-scheme';
        readonly scheme: string;
        readonly port: number | undefined;
        readonly permanent: boolean;
        /** The proxy does so by itself, or for all routes: nobody has written it at this one. */
        readonly implied?: true;
      }
    | {
        readonly kind: 'redirect-pattern';
        readonly pattern: string;
        readonly replacement: string;
        readonly permanent: boolean;
      }
    | {
        readonly kind: 'strip-prefix';
        readonly prefixes: readonly string[];
        /** A platform does so by itself: where it cannot be, the service is asked with the path. */
        readonly implied?: true;
      }
    | { readonly kind: 'add-prefix'; readonly prefix: string }
    | { readonly kind: 'replace-path'; readonly value: string }
    | HeaderChange
    | CorsAnswer
    | {
        readonly kind: 'basic-auth';
        /** `name:hash`: secrets, for no finding, event or log. */
        readonly users: readonly string[];
        readonly realm: string | undefined;
        /** The header that tells the service who it is. */
        readonly headerField: string | undefined;
        readonly removeHeader: boolean;
      }
    /** By its type, such as `rateLimit`; one that is defined elsewhere by its name. */
    | {
        readonly kind: 'other';
        readonly type: string;
        /** No label of the project defines it, and nothing says who does. */
        readonly undefined?: true;
      }
  );

/** The middleware that says it, and the JSON pointer of its first label. */
export interface Origin {
  readonly name: string;
  readonly path: string;
}

export interface HeaderChange {
  readonly kind: 'request-headers' | 'response-headers';
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

export interface CorsAnswer {
  readonly kind: 'cors';
  readonly origins: readonly string[];
  readonly originPatterns: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials: boolean;
  /** Seconds. */
  readonly maxAge: number | undefined;
}
