/** What a database that cannot do its work is called by Postgres, and what to do about it. */
const sentences: Readonly<Record<string, string>> = {
  '08001': 'The database cannot be reached. Try again in a moment.',
  '08006': 'The connection to the database was lost. Try again in a moment.',
  '25006': 'The database is read-only: DATABASE_URL has to lead to the primary, and that must accept writes.',
  '25P03': 'The database has ended a transaction that stood still. Try again in a moment.',
  '25P04': 'The database has ended a transaction that took too long. Try again in a moment.',
  '40001': 'Two changes got in each other’s way. Try again.',
  '40P01': 'Two changes waited for each other. Try again.',
  '53100': 'The disk of the database is full: make room on it. What was stored before is there.',
  '53200': 'The database is out of memory: give it more, or fewer connections.',
  '53300': 'The database has no connection left: raise its max_connections, or run fewer processes.',
  '53400': 'A limit in the configuration of the database is reached; its log says which.',
  '55P03': 'Something else has held a lock of the database for too long. Try again in a moment.',
  '57014': 'The database took too long. Try again in a moment.',
  '57P01': 'The database is being stopped or restarted. Try again in a moment.',
  '57P02': 'The database has crashed and restarts. Try again in a moment.',
  '57P03': 'The database is starting, stopping, or in recovery. Try again in a moment.',
  '57P05': 'The database has ended a connection that stood still. Try again.',
  '58030': 'The database cannot read or write its disk; its log says why.',
};

/** Where nothing more is known. */
export const AWAY = 'The database does not answer. Try again in a moment.';

/** Codes that Prisma gives. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028']);
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
/** Prisma's driver adapter has names of its own for some codes. */
const kinds: Readonly<Record<string, string>> = {
  DatabaseNotReachable: AWAY,
  ConnectionClosed: AWAY,
  SocketTimeout: AWAY,
  TooManyConnections: sentences['53300'] ?? AWAY,
  TransactionWriteConflict: sentences['40001'] ?? AWAY,
};

/** pg gives these without a code. */
const lostConnection =
  /connection terminated|timeout exceeded when trying to connect|timeout expired|client has encountered a connection error|client was closed|query read timeout/i;

/** One sentence for whoever is in need of the database; undefined when it is not the database that failed. */
export function storeFailure(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined;
  const link = error as Link & { readonly cause?: unknown; readonly meta?: { readonly driverAdapterError?: unknown } };
  return ofLink(link) ?? storeFailure(link.meta?.driverAdapterError, depth + 1) ?? storeFailure(link.cause, depth + 1);
}

/** The same for a code of Postgres. */
export function storeFailureOf(code: string): string | undefined {
  return Object.hasOwn(sentences, code) ? sentences[code] : undefined;
}

type Link = Readonly<Record<'name' | 'code' | 'originalCode' | 'kind' | 'message', unknown>>;

function ofLink({ name, code, originalCode, kind, message }: Link): string | undefined {
  for (const each of [originalCode, code]) {
    if (typeof each !== 'string') continue;
    const known = storeFailureOf(each);
    if (known !== undefined) return known;
    if (prismaCodes.has(each) || (networkCodes.has(each) && isDriverError(name))) return AWAY;
  }
  if (typeof kind === 'string' && Object.hasOwn(kinds, kind)) return kinds[kind];
  return typeof message === 'string' && lostConnection.test(message) ? AWAY : undefined;
}

function isDriverError(name: unknown): boolean {
  return typeof name === 'string' && (name === 'DriverAdapterError' || name.startsWith('PrismaClient'));
}
