import { own } from '@ushadow/kubernetes';
import { holdsSecret } from '../sensitive/holds-secret.ts';
import type { FilePart, FileSet, DesignedMount } from '../model/design.ts';
import type { FileGrant, FileSource } from '../model/storage.ts';
import type { MountContext, Placed } from './mount-context.ts';
import { fileKeys } from './file-keys.ts';
import { fileMode } from './file-mode.ts';
import { isGivenName, mountName } from './store-names.ts';
import { readTree } from './read-tree.ts';

/** A config or secret: a file at its target, from a set of its own that all its users share. */
export function placeGrant(grant: FileGrant, context: MountContext): Placed | undefined {
  const { app, designed, report, names } = context;
  const source = own(grant.kind === 'config' ? app.configs : app.secrets, grant.source);
  if (source === undefined) {
    report('CMP0921', grant.path, { service: designed.service.name, kind: grant.kind, name: grant.source });
    return undefined;
  }
  const set = `${grant.kind}:${grant.source}`;
  const content = source.external ? '' : contentOf(grant, source, context);
  // A config that holds a secret is kept as one.
  const secret = grant.kind === 'secret' || holdsSecret(content, context.placeholders);
  const name = (grant.kind === 'secret' ? names.secrets : names.configs).get(grant.source) ?? grant.source;
  const key = fileKeys([grant.source]).get(grant.source) ?? grant.source;
  const file = grant.target.split('/').at(-1) ?? key;
  const mode = fileMode(
    grant,
    grant.mode ?? (grant.kind === 'secret' ? 0o444 : undefined),
    designed.service.security.user,
  );
  const part: FilePart = { set, secret, items: [{ key, path: file, mode }] };
  const mount: DesignedMount = {
    name: mountName(designed.name, grant.target),
    source: { kind: 'files', parts: [part], mode: undefined },
    target: grant.target,
    subPath: file,
    readOnly: true,
    propagation: undefined,
    copied: false,
    origin: '',
    filled: false,
    path: grant.path,
  };
  const base = { key: set, name, secret, owner: undefined, labels: source.labels, path: source.path };
  if (source.external) return { mount, fileSet: { ...base, naming: 'external', entries: [] } };
  const naming: FileSet['naming'] = isGivenName(app.name, grant.source, source) ? 'given' : 'derived';
  return { mount, fileSet: { ...base, naming, entries: [{ key, content }] } };
}

function contentOf(grant: FileGrant, source: FileSource, context: MountContext): string | Uint8Array {
  if (source.content !== undefined) return source.content;
  return source.environment === undefined
    ? fileContent(grant, source, context)
    : variableContent(grant, source, source.environment, context);
}

function variableContent(
  grant: FileGrant,
  source: FileSource,
  variable: string,
  { input, report }: MountContext,
): string {
  const value = own(input.variables, variable);
  if (value === undefined) report('CMP0923', source.path, { kind: grant.kind, name: grant.source, variable });
  return value ?? '';
}

function fileContent(grant: FileGrant, source: FileSource, { input, report }: MountContext): string | Uint8Array {
  const file = source.file ?? '';
  const tree = readTree(input.files, file);
  const [first] = tree?.files ?? [];
  if (tree?.tooLarge === true) report('CMP0925', source.path, { kind: grant.kind, name: grant.source, file });
  else if (first === undefined) report('CMP0924', source.path, { kind: grant.kind, name: grant.source, file });
  return first?.content ?? '';
}
