import type { ServiceIdentity, Setting } from './environment-input.ts';

/** First words of paths that only group settings. */
const GROUPS = new Set(['api_keys', 'credentials', 'env', 'secrets', 'settings', 'variables']);

const SERVICE_PREFIX = 'services.';

/** The setting that stands nearest to a variable's name; the first of equally near ones by path. */
export function settingFor(
  variable: string,
  service: ServiceIdentity,
  settings: readonly Setting[],
): Setting | undefined {
  return settingsFor(variable, service, settings)[0];
}

/** Every setting that names a variable, the nearest first. */
export function settingsFor(variable: string, service: ServiceIdentity, settings: readonly Setting[]): Setting[] {
  return settings
    .map((setting) => ({ setting, distance: distanceTo(variable, service, setting.path) }))
    .filter((each): each is { setting: Setting; distance: number } => each.distance !== undefined)
    .sort((a, b) => a.distance - b.distance || (a.setting.path < b.setting.path ? -1 : 1))
    .map(({ setting }) => setting);
}

/**
 * How far a path is from a variable: 0 for a setting of this service, then the whole path, the path without its group,
 * its last word. A last word alone must be a compound (`api_key`): `smtp.host` is not the HOST of every service.
 */
function distanceTo(variable: string, { id, name }: ServiceIdentity, path: string): number | undefined {
  const wanted = variableForm(variable);
  if (path.startsWith(SERVICE_PREFIX)) {
    return [id, name].some((each) => path.toLowerCase() === `${SERVICE_PREFIX}${each}.${variable}`.toLowerCase())
      ? 0
      : undefined;
  }
  const words = path.split('.');
  const [group = '', ...rest] = words;
  const last = words.at(-1) ?? '';
  if (variableForm(words.join('_')) === wanted) return 1;
  const grouped = rest.length > 0 && (GROUPS.has(group.toLowerCase()) || rest.length > 1);
  if (grouped && variableForm(rest.join('_')) === wanted) return 2;
  return variableForm(last) === wanted && wanted.includes('_') ? 3 : undefined;
}

function variableForm(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}
