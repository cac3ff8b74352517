import { followLogs, followPorts } from '@ushadow/contracts';
import { useEffect, useRef, useState } from 'react';
import { LineRing, type ShownLine } from '../_lines/line-ring.ts';

export interface LogChoice {
  readonly stack_id: string;
  readonly service: string;
  readonly search: string;
  readonly previous: boolean;
}

/** What is known of the stream beside its lines. */
export interface LogState {
  readonly lines: readonly ShownLine[];
  readonly connection: 'opening' | 'live' | 'lost' | 'ended';
  /** Why the cluster does not answer, while that is so. */
  readonly interrupted: string | undefined;
  readonly notices: readonly string[];
  readonly error: unknown;
}

const TAIL = 500;
const NOTICES_MAX = 20;
const NOTHING: LogState = { lines: [], connection: 'opening', interrupted: undefined, notices: [], error: undefined };

/** Follows the logs that are chosen. While it is paused lines go on coming, and are shown afterwards. */
export function useLogs({ stack_id, service, search, previous }: LogChoice, isPaused: boolean): LogState {
  const [state, setState] = useState<LogState>(NOTHING);
  const paused = useRef(isPaused);
  const show = useRef<() => void>(() => undefined);
  useEffect(() => {
    paused.current = isPaused;
    if (!isPaused) show.current();
  }, [isPaused]);
  useEffect(() => {
    const ring = new LineRing();
    let frame: number | undefined;
    const change = (part: Partial<LogState>): void => {
      setState((before) => ({ ...before, ...part }));
    };
    // However fast lines come, the page is drawn once a frame.
    const draw = (): void => {
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        if (!paused.current) change({ lines: ring.newest() });
      });
    };
    show.current = draw;
    setState(NOTHING);
    const stop = followLogs(
      {
        ...{ stack_id, previous, tail: TAIL },
        ...(service === '' ? {} : { services: [service] }),
        ...(search === '' ? {} : { search }),
      },
      {
        onLines: (lines) => {
          ring.push(lines);
          draw();
        },
        onNotice: ({ message }) => {
          setState((before) => ({ ...before, notices: noted(before.notices, message) }));
        },
        onInterrupted: (interrupted) => change({ interrupted }),
        // Whoever serves it now says anew whether the cluster is away.
        onOpen: () => change({ connection: 'live', interrupted: undefined }),
        onLost: () => change({ connection: 'lost' }),
        onEnd: () => change({ connection: 'ended' }),
        onRefused: (error) => change({ error, connection: 'ended' }),
      },
      followPorts('', window),
    );
    return () => {
      stop();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, [stack_id, service, search, previous]);
  return state;
}

/** The newest ones, each once. */
function noted(before: readonly string[], message: string): readonly string[] {
  return [...before.filter((each) => each !== message), message].slice(-NOTICES_MAX);
}
