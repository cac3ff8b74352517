import { substitute } from '@ushadow/compose';
import { isMap } from 'yaml';
import type { Findings } from '../findings.ts';
import type { ComposeText } from './compose-text.ts';
import { entriesOf, entry, itemsOf, textOf } from './yaml-nodes.ts';

/** Sections of a project that the file uses and does not have. */
export interface Undeclared {
  readonly volumes: readonly string[];
  readonly networks: readonly string[];
}

/** What the platform declares by itself. */
export function undeclared(compose: ComposeText, findings: Findings): Undeclared {
  const volumes = missing('volumes', compose, volumesOf);
  const networks = missing('networks', compose, networksOf);
  if (volumes.length > 0) findings.add('TPL0301', { volumes });
  if (networks.length > 0) findings.add('TPL0302', { networks });
  return { volumes, networks };
}

type Used = (service: unknown, compose: ComposeText) => readonly string[];

function missing(section: string, compose: ComposeText, used: Used): readonly string[] {
  const declared = new Set(entriesOf(compose.section(section), compose.document).map(({ name }) => name));
  const names = compose.services.flatMap(({ value }) => used(value, compose));
  return [...new Set(names)].filter((name) => !declared.has(name));
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

function volumesOf(service: unknown, { document }: ComposeText): readonly string[] {
  return itemsOf(entry(service, 'volumes', document)?.value, document).flatMap((item) => {
    const source = sourceOf(item, document);
    return source !== undefined && NAME.test(source) ? [source] : [];
  });
}

/** What a volume of a service is, a name or a path; defaults stand for their variables. */
export function sourceOf(item: unknown, document: ComposeText['document']): string | undefined {
  const short = textOf(item);
  if (short !== undefined) {
    const parts = filled(short).split(':');
    return parts.length > 1 ? parts[0] : undefined;
  }
  const type = textOf(entry(item, 'type', document)?.value) ?? 'volume';
  const source = textOf(entry(item, 'source', document)?.value);
  return source === undefined || (type === 'bind' && NAME.test(source)) ? undefined : filled(source);
}

function filled(text: string): string {
  if (!text.includes('$')) return text;
  const result = substitute(text, () => undefined);
  return 'value' in result ? result.value : text;
}

function networksOf(service: unknown, { document }: ComposeText): readonly string[] {
  const networks = entry(service, 'networks', document)?.value;
  if (isMap(networks))
    return entriesOf(networks, document)
      .map(({ name }) => name)
      .filter(isOwn);
  return itemsOf(networks, document)
    .map((item) => textOf(item) ?? '')
    .filter(isOwn);
}

function isOwn(name: string): boolean {
  return NAME.test(name) && name !== 'default';
}
