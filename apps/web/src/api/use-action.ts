import { useCallback, useState } from 'react';

export interface Action<Arguments extends readonly unknown[]> {
  readonly run: (...args: Arguments) => Promise<void>;
  readonly busy: boolean;
  readonly error: unknown;
  readonly reset: () => void;
}

/** A change asked of the gateway by a button: busy while it runs, its error kept until the next attempt. */
export function useAction<Arguments extends readonly unknown[]>(
  perform: (...args: Arguments) => Promise<void>,
): Action<Arguments> {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: undefined });

  const run = async (...args: Arguments): Promise<void> => {
    setState({ busy: true, error: undefined });
    try {
      await perform(...args);
      setState({ busy: false, error: undefined });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  const reset = useCallback(() => {
    setState({ busy: false, error: undefined });
  }, []);
  return { run, busy: state.busy, error: state.error, reset };
}
