import { useMemo, useState } from 'react';
import type { StackForm } from '../_form/stack-form.ts';

/** Changes of one variable, the same object in every render: rows that did not change need not be drawn again. */
export interface VariableActions {
  /** Undefined takes back what was typed. */
  readonly setValue: (name: string, value: string | undefined) => void;
  readonly setSecret: (name: string, isSecret: boolean | undefined) => void;
}

export interface FormState {
  readonly form: StackForm;
  readonly change: (next: Partial<StackForm> | ((form: StackForm) => StackForm)) => void;
  readonly variables: VariableActions;
}

export function useForm(start: () => StackForm): FormState {
  const [form, setForm] = useState(start);
  const variables = useMemo<VariableActions>(
    () => ({
      setValue: (name, value) => {
        setForm((last) => ({ ...last, values: withEntry(last.values, name, value) }));
      },
      setSecret: (name, isSecret) => {
        setForm((last) => ({ ...last, secrets: withEntry(last.secrets, name, isSecret) }));
      },
    }),
    [],
  );
  return {
    form,
    change: (next) => {
      setForm((last) => (typeof next === 'function' ? next(last) : { ...last, ...next }));
    },
    variables,
  };
}

function withEntry<T>(map: ReadonlyMap<string, T>, name: string, value: T | undefined): ReadonlyMap<string, T> {
  const next = new Map(map);
  if (value === undefined) next.delete(name);
  else next.set(name, value);
  return next;
}
