import { own } from '../text/own.ts';
import { dnsLabel } from '@ushadow/kubernetes';
import type { FilePart, PlannedMount } from '../model/plan.ts';
import type { FileGrant, FileSource } from '../model/storage.ts';
import type { MountContext, Placed } from './mount-context.ts';
import { fileMode } from './file-mode.ts';
import { mountName } from './store-names.ts';
import { readTree } from './read-tree.ts';

/** A config or secret: a file at its target, from a set of its own that all its users share. */
export function placeGrant(grant: FileGrant, context: MountContext): Placed | undefined {
  const { app, planned, report } = context;
  const source = own(grant.kind === 'config' ? app.configs : app.secrets, grant.source);
  if (source === undefined) {
    report('CMP0921', grant.path, { service: planned.service.name, kind: grant.kind, name: grant.source });
    return undefined;
  }
  const secret = grant.kind === 'secret';
  const name = source.external ? outsideName(source) : objectName(grant, context);
  const key = dataKey(grant.source);
  const file = grant.target.split('/').at(-1) ?? key;
  const mode = fileMode(grant, grant.mode ?? (secret ? 0o444 : undefined), planned.service.security.user);
  const part: FilePart = { set: name, secret, items: [{ key, path: file, mode }] };
  const mount: PlannedMount = {
    name: mountName(planned.name, grant.target),
    source: { kind: 'files', parts: [part], mode: undefined },
    target: grant.target,
    subPath: file,
    readOnly: true,
    propagation: undefined,
    copied: false,
    filled: false,
    path: grant.path,
  };
  if (source.external) return { mount };
  const content = contentOf(grant, source, context);
  return {
    mount,
    fileSet: { name, secret, owner: undefined, entries: [{ key, content }], labels: source.labels, path: source.path },
  };
}

function objectName(grant: FileGrant, { names }: MountContext): string {
  const known = grant.kind === 'config' ? names.configs : names.secrets;
  return known.get(grant.source) ?? dnsLabel(grant.source);
}

/** The object that somebody else makes. */
export function outsideName({ name }: FileSource): string {
  return dnsLabel(name);
}

/** The key under which a config or secret has its content. */
export function dataKey(name: string): string {
  return name.replace(/[^-._a-zA-Z0-9]/g, '_');
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
