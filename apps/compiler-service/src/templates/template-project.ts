import { addressText, type ImportedTemplate } from '@ushadow/templates';
import type { ProjectFile } from '../uploads/upload.ts';

const OVERRIDE = 'compose.override.yaml';
const NAME_MAX = 63;

/** What a project is called that is made of a template, unless somebody names it. */
export function projectNameOf(template: string): string {
  const name = template
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, NAME_MAX)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return name === '' ? 'template' : name;
}

/** The files of a template's project. Its addresses are in them, so that whatever deploys it has them. */
export function filesOf({ files, public: addresses }: Pick<ImportedTemplate, 'files' | 'public'>): ProjectFile[] {
  const byService = Map.groupBy(addresses, ({ service }) => service);
  const settings = Object.fromEntries(
    [...byService].map(([service, all]) => [service, { public_at: all.map(addressText) }]),
  );
  const override = [
    ...(files[OVERRIDE] === undefined ? [] : [files[OVERRIDE].replace(/\n*$/, '\n')]),
    // JSON is YAML.
    ...(byService.size === 0 ? [] : [`x-ushadow: ${JSON.stringify(settings)}\n`]),
  ].join('');
  const all = override === '' ? files : { ...files, [OVERRIDE]: override };
  return Object.entries(all).map(([path, text]) => ({
    path,
    content: Buffer.from(text),
    // A template has no modes; what begins like a script is one.
    executable: text.startsWith('#!'),
  }));
}
