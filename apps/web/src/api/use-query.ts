import type { Client } from '@ushadow/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useHydrated } from '../ui/use-hydrated.ts';
import { api } from './client.ts';
import { repeatWhileVisible } from './repeat-while-visible.ts';

type InputFor<K extends keyof Client> = Parameters<Client[K]>[0];
type OutputFor<K extends keyof Client> = Awaited<ReturnType<Client[K]>>;

export interface Query<T> {
  /** The last good answer, kept while it is asked again and when that fails. */
  readonly data: T | undefined;
  /** Why the last attempt failed. */
  readonly error: unknown;
  readonly reload: () => void;
  /** Takes what a change has answered for what would be asked anew. */
  readonly replace: (data: T) => void;
}

export interface QueryOptions {
  /** Ask again this long after each answer, while the page is visible; milliseconds. */
  readonly pollMs?: number | null;
  /** False: do not ask yet. */
  readonly enabled?: boolean;
}

/** Last answers of this page load, so that going back to a page shows it at once. */
const answers = new Map<string, unknown>();

/** What a read operation of the gateway answers, asked again when the input changes. */
export function useQuery<K extends keyof Client>(
  operation: K,
  input: InputFor<K>,
  { pollMs = null, enabled = true }: QueryOptions = {},
): Query<OutputFor<K>> {
  const inputText = JSON.stringify(input);
  const key = `${operation} ${inputText}`;
  const [answer, setAnswer] = useState<{ key: string; error: unknown } | null>(null);
  const [turn, setTurn] = useState(0);
  const hydrated = useHydrated();
  /** Counts what was taken over: an answer that was asked for before says less. */
  const replaced = useRef(0);

  useEffect(() => {
    if (!enabled) return undefined;
    let current = true;
    const load = api[operation] as (input: unknown) => Promise<OutputFor<K>>;
    const ask = async (): Promise<void> => {
      const before = replaced.current;
      const isLatest = (): boolean => current && before === replaced.current;
      try {
        const data = await load(JSON.parse(inputText));
        if (!isLatest()) return;
        answers.set(key, data);
        setAnswer({ key, error: undefined });
      } catch (error) {
        if (isLatest()) setAnswer({ key, error });
      }
    };
    const stop = repeatWhileVisible(ask, pollMs);
    return () => {
      current = false;
      stop();
    };
  }, [operation, inputText, key, pollMs, enabled, turn]);

  const reload = useCallback(() => {
    setTurn((last) => last + 1);
  }, []);

  const replace = useCallback(
    (data: OutputFor<K>) => {
      replaced.current++;
      answers.set(key, data);
      setAnswer({ key, error: undefined });
    },
    [key],
  );

  const data = hydrated ? (answers.get(key) as OutputFor<K> | undefined) : undefined;
  return { data, error: answer?.key === key ? answer.error : undefined, reload, replace };
}
