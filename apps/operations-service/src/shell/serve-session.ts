import type { ByteStream, StreamStatus } from '@ushadow/byte-streams';
import { DomainError } from '@ushadow/contracts';
import { toDomainError } from '@ushadow/messaging';
import type { Session } from './sessions.ts';
import type { Audited } from './shell-audit.ts';

export interface ServedSession {
  readonly stream: ByteStream;
  /** The other side is gone, or this process ends. */
  readonly signal: AbortSignal;
  readonly session: Session;
  readonly audited: Audited;
  /** Until it ends by itself, or `session.signal`. Gives what the audit and the last frame are to have. */
  readonly serve: (session: Session) => Promise<Readonly<Record<string, number>>>;
}

/** Serves a session to its end, says how it ended as the last frame, and records that. */
export async function serveSession({ stream, signal, session, audited, serve }: ServedSession): Promise<void> {
  using open = session;
  const startedAt = performance.now();
  const both: Session = {
    ...open,
    signal: AbortSignal.any([open.signal, signal]),
    touch: () => open.touch(),
    [Symbol.dispose]: () => undefined,
  };
  const seconds = (): number => Math.round((performance.now() - startedAt) / 100) / 10;
  let said: { readonly status?: StreamStatus; readonly details: Readonly<Record<string, string | number>> };
  try {
    await open.allowed;
    const result = await serve(both);
    said = { status: { reason: 'done', ...result }, details: { ...result, ended_by: 'itself' } };
  } catch (error) {
    said = endOf(open.signal.aborted ? open.signal.reason : error, signal.aborted);
  }
  // The other side need not wait for the database.
  const told = said.status === undefined ? Promise.resolve() : stream.end(said.status);
  await audited.end({ ...said.details, seconds: seconds() });
  await told;
}

function endOf(error: unknown, isGone: boolean) {
  // What this process says when it ends is said by its server.
  if (isGone) return { details: { ended_by: 'the other side, or a restart' } };
  const known = error instanceof DomainError ? error : toDomainError(error);
  return {
    status: { reason: 'failure', error: known.toEnvelope() } as const,
    details: { ended_by: known.code },
  };
}
