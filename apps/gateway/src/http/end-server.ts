import type { Server } from 'node:http';

export interface EndingParts {
  readonly server: Server;
  /** Tells every event stream, and ends it. */
  readonly endStreams: () => void;
  /** Takes no new connection, waits for those there are, and lets go of the bus. */
  readonly close: () => Promise<void>;
  /** Whoever is not done by then is cut. */
  readonly limitMs: number;
}

/** Connections that an answer has just left idle are ended this soon. */
const LOOK_MS = 50;
/** After the cut nothing is waited for that can hang, such as a bus that is away. */
const LEAVE_MS = 1_000;

/** Ends an HTTP server within a time, whoever listens: streams first, then idle connections, then whatever is left. */
export async function endServer({ server, endStreams, close, limitMs }: EndingParts): Promise<void> {
  endStreams();
  const left = Promise.withResolvers<void>();
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_MS);
  const limit = setTimeout(() => server.closeAllConnections(), limitMs);
  const leave = setTimeout(() => left.resolve(), limitMs + LEAVE_MS);
  try {
    await Promise.race([close(), left.promise]);
  } finally {
    clearInterval(idle);
    clearTimeout(limit);
    clearTimeout(leave);
  }
}
