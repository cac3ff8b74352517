import { Field } from '../../../ui/field.tsx';
import type { ContextReading } from '../_kubeconfig/read-contexts.ts';

interface ContextFieldProps {
  readonly reading: Extract<ContextReading, { ok: true }>;
  readonly value: string;
  readonly onChange: (context: string) => void;
}

/** The choice of a context, when the file has several. */
export function ContextField({ reading, value, onChange }: ContextFieldProps) {
  const { contexts, current } = reading;
  if (contexts.length < 2) return null;
  const chosen = value === '' ? (current ?? '') : value;
  return (
    <Field label="Context" hint={`The file has ${String(contexts.length)} contexts; this one is used.`}>
      {(control) => (
        <select
          {...control}
          value={chosen}
          data-testid="context-select"
          onChange={(event) => {
            onChange(event.target.value);
          }}
        >
          {contexts.some((context) => context.name === current) ? null : <option value="">Choose a context</option>}
          {contexts.map(({ name, server }) => (
            <option key={name} value={name}>
              {name}
              {server === null ? '' : ` (${server})`}
              {name === current ? ', current' : ''}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
