import type { operations, OutputOf, RequestOf } from '@ushadow/contracts';
import { useCallback, useEffect, useState } from 'react';
import { api } from '../../../../../api/client.ts';
import { useDebounced } from '../../../../../ui/use-debounced.ts';

export type VariablesRequest = RequestOf<typeof operations.projectVariables>;
type Answer = OutputOf<typeof operations.projectVariables>;

export interface ProjectVariables {
  /** The last answer, kept while it is asked again. */
  readonly answer: Answer | undefined;
  readonly isAsking: boolean;
  readonly error: unknown;
  readonly reload: () => void;
}

/** What is typed is sent once it has not changed for this long. */
const SETTLE_MS = 400;

/** The variables of a project in a place. The answer is not kept elsewhere: the request may hold typed secrets. */
export function useProjectVariables(request: VariablesRequest): ProjectVariables {
  const text = JSON.stringify(request);
  const settled = useDebounced(text, SETTLE_MS);
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ of: string; answer: Answer | undefined; error: unknown }>({
    of: '',
    answer: undefined,
    error: undefined,
  });
  useEffect(() => {
    let current = true;
    api.projectVariables(JSON.parse(settled) as VariablesRequest).then(
      (answer) => {
        if (current) setState({ of: settled, answer, error: undefined });
      },
      (error: unknown) => {
        if (current) setState((last) => ({ of: settled, answer: last.answer, error }));
      },
    );
    return () => {
      current = false;
    };
  }, [settled, turn]);
  const reload = useCallback(() => {
    setTurn((last) => last + 1);
  }, []);
  return { answer: state.answer, isAsking: state.of !== text, error: state.error, reload };
}
