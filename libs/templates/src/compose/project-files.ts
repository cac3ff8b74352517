import { stringify } from 'yaml';
import type { TemplateValue } from '../imported-template.ts';
import { envText } from '../values/env-text.ts';
import type { ComposeText } from './compose-text.ts';
import type { Undeclared } from './undeclared.ts';

export interface Supplied extends Undeclared {
  /** By path. */
  readonly files: ReadonlyMap<string, string>;
  /** What else an override says. */
  readonly override?: Readonly<Record<string, unknown>>;
}

/** The files of the project that a template becomes. */
export function projectFiles(
  compose: ComposeText,
  values: readonly TemplateValue[],
  { volumes, networks, files, override = {} }: Supplied,
): Readonly<Record<string, string>> {
  const sections = {
    ...override,
    ...(volumes.length === 0 ? {} : { volumes: empty(volumes) }),
    ...(networks.length === 0 ? {} : { networks: empty(networks) }),
  };
  const plain = values.filter(({ generated, secret }) => !generated && !secret);
  return {
    ...Object.fromEntries(files),
    'compose.yaml': compose.result,
    ...(Object.keys(sections).length === 0 ? {} : { 'compose.override.yaml': stringify(sections, { lineWidth: 0 }) }),
    ...(plain.length === 0 ? {} : { '.env': envText(plain) }),
  };
}

function empty(names: readonly string[]): Record<string, object> {
  return Object.fromEntries(names.map((name) => [name, {}]));
}
