import type { Scalar } from 'yaml';
import type { Findings } from '../findings.ts';
import type { TemplateValue } from '../imported-template.ts';
import type { ComposeText } from './compose-text.ts';
import { referencesOf } from './compose-text.ts';

/** An empty password is none that a platform could mean: whoever deploys is asked. */
const SOUNDS_SECRET = /PASS|SECRET|TOKEN|KEY|CREDENTIAL|PRIVATE/i;

interface Known {
  readonly values: readonly TemplateValue[];
  readonly ignored?: ReadonlySet<Scalar>;
}

/**
 * A `${NAME}` without a default, of which the template says nothing else, is empty until somebody gives it a value: that is what
 * the platforms make of it, which write `${NAME:?}` where one is needed.
 */
export function leftEmpty(
  { scalars, source }: ComposeText,
  { values, ignored = new Set() }: Known,
  findings: Findings,
): readonly TemplateValue[] {
  const references = scalars.filter((node) => !ignored.has(node)).flatMap(referencesOf);
  const named = new Set(values.map(({ name }) => name));
  const required = new Set(references.filter(({ kind }) => kind === 'required').map(({ name }) => name));
  const plain = references.filter(
    ({ kind, name }) => kind === 'plain' && !named.has(name) && !required.has(name) && !SOUNDS_SECRET.test(name),
  );
  const names = [...new Set(plain.map(({ name }) => name))];
  if (names.length > 0 && !findings.hasErrors) findings.add('TPL0311', { names });
  return names.map((name) => ({ name, value: '', secret: false, generated: false, path: source.file }));
}
