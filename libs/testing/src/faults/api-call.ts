/** One call to an API server, as a proxy saw it. */
export type ApiCall = {
  /** From 1, in the order in which the calls arrived. */
  readonly number: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: string;
  /** What the client calls itself. */
  readonly userAgent: string;
  readonly isWatch: boolean;
  /** Asks the server to change something: no read, no dry run, no review. */
  readonly isWrite: boolean;
  /** Milliseconds since the epoch. */
  readonly arrivedAt: number;
};

export function apiCall(parts: Pick<ApiCall, 'number' | 'method' | 'path' | 'body' | 'userAgent'>): ApiCall {
  const { method, path } = parts;
  const query = new URL(path, 'https://server').searchParams;
  const reads = ['GET', 'HEAD', 'OPTIONS'].includes(method);
  const isReview = path.startsWith('/apis/authorization.k8s.io/') || path.startsWith('/apis/authentication.k8s.io/');
  return {
    ...parts,
    isWatch: method === 'GET' && ['1', 'true'].includes(query.get('watch') ?? ''),
    isWrite: !reads && !isReview && !query.has('dryRun'),
    arrivedAt: Date.now(),
  };
}
