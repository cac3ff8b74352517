import { useMemo, type Dispatch, type SetStateAction } from 'react';
import type { DeployForm } from '../_deploy/deploy-form.ts';
import { withMark, withValue, type EnvironmentEdits, type ValueEdit } from '../_deploy/environment-edits.ts';

/** Changes of one variable, the same object in every render: rows that did not change need not be rendered again. */
export interface EnvironmentActions {
  readonly setValue: (name: string, value: ValueEdit | undefined) => void;
  readonly setMark: (name: string, secret: boolean | null | undefined) => void;
}

export function useEnvironmentEdits(setForm: Dispatch<SetStateAction<DeployForm>>): EnvironmentActions {
  return useMemo(() => {
    const change = (next: (edits: EnvironmentEdits) => EnvironmentEdits) => {
      setForm((form) => ({ ...form, environment: next(form.environment) }));
    };
    return {
      setValue: (name, value) => {
        change((edits) => withValue(edits, name, value));
      },
      setMark: (name, secret) => {
        change((edits) => withMark(edits, name, secret));
      },
    };
  }, [setForm]);
}
