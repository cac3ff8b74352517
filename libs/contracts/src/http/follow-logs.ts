import type { InputOf } from '../define-operation.ts';
import type { DomainError } from '../domain-error.ts';
import type { LogLineData, LogNoticeData, LogSourceData } from '../operations/log-streams.ts';
import { byteStreams } from '../registry.ts';
import { followEvents, type FollowPorts } from './follow-events.ts';

type Wanted = Partial<
  Omit<InputOf<typeof byteStreams.followLogs.open>, 'certificate_sha256' | 'after' | 'stack_id'>
> & { readonly stack_id: string };

export interface LogListener {
  /** Nothing more is read before it resolves. */
  readonly onLines: (lines: readonly (LogLineData & { readonly from: LogSourceData })[]) => void | Promise<void>;
  readonly onNotice: (notice: LogNoticeData) => void;
  /** The cluster is away (with its reason), or back. */
  readonly onInterrupted?: (message: string | undefined) => void;
  /** That was all. */
  readonly onEnd: () => void;
  readonly onOpen?: () => void;
  /** The connection is lost; it is tried again. */
  readonly onLost?: () => void;
  /** It cannot be followed, and trying again would not help. */
  readonly onRefused: (error: DomainError) => void;
}

/** Follows the logs of a stack over lost connections, each line once. Returns what stops it. */
export function followLogs(wanted: Wanted, listener: LogListener, ports: FollowPorts): () => void {
  let lastId: string | undefined;
  // The numbers are of one connection.
  const sources = new Map<number, LogSourceData>();
  let said = new Notices();
  return followEvents(
    {
      url: `${ports.baseUrl}${logsPath(byteStreams.followLogs.path, wanted)}`,
      lastEventId: () => lastId,
      take: async ({ event, data: text, id }) => {
        const data: unknown = JSON.parse(text);
        if (event === 'source') sources.set((data as LogSourceData).source, data as LogSourceData);
        if (event === 'lines') await listener.onLines(named((data as { lines: LogLineData[] }).lines, sources));
        lastId = id ?? lastId;
        if (event === 'notice') said.say(data as LogNoticeData, listener.onNotice);
        if (event === 'interrupted') listener.onInterrupted?.((data as { message: string }).message);
        if (event === 'resumed') listener.onInterrupted?.(undefined);
        if (event === 'end') listener.onEnd();
        return event === 'end';
      },
      onOpen: () => {
        said = new Notices(said);
        listener.onOpen?.();
      },
      onLost: listener.onLost,
      onRefused: listener.onRefused,
    },
    ports,
  );
}

/** Path and query of the logs of a stack. */
export function logsPath(path: string, { stack_id, ...wanted }: Wanted & { readonly timestamps?: boolean }): string {
  const query = Object.entries(wanted)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  const filled = path.replace(':stack_id', encodeURIComponent(stack_id));
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}

function named(lines: readonly LogLineData[], sources: ReadonlyMap<number, LogSourceData>) {
  return lines.flatMap((line) => {
    const from = sources.get(line.source);
    return from === undefined ? [] : [{ ...line, from }];
  });
}

/** What is said again after a connection was lost is known already; what happens again is said again. */
class Notices {
  readonly #said = new Set<string>();
  readonly #before: ReadonlySet<string>;

  constructor(before?: Notices) {
    this.#before = before === undefined ? new Set() : before.#said;
  }

  say(notice: LogNoticeData, listen: (notice: LogNoticeData) => void): void {
    const id = `${notice.code} ${notice.message}`;
    const isKnown = this.#before.has(id) && !this.#said.has(id);
    this.#said.add(id);
    if (!isKnown) listen(notice);
  }
}
