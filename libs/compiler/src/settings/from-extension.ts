import { own } from '@ushadow/kubernetes';
import type { PlainValue } from '@ushadow/compose';
import type { Settings } from '../model/settings.ts';
import { withoutUndefined } from './from-spec.ts';

type Block = { readonly [key: string]: PlainValue };

/**
 * `x-ushadow`: under a service of its own at the top of the file, or in the service. Of its keys the resources concern
 * the objects; names, wizards and capabilities are read by the catalogue.
 */
export function settingsFromExtension(...blocks: readonly (PlainValue | undefined)[]): Settings {
  const merged = Object.assign({}, ...blocks.filter(isBlock)) as Block;
  const resources = isBlock(merged['k8s_resources']) ? merged['k8s_resources'] : {};
  return withoutUndefined<Settings>({
    requests: quantities(resources['requests']),
    limits: quantities(resources['limits']),
    replicas: typeof merged['replicas'] === 'number' ? merged['replicas'] : undefined,
    publicAt: addresses(merged['public_at']),
    withoutFilters: words(merged['without_filters']),
  });
}

/** A yes or no of an `x-ushadow` block; undefined where it says neither. */
export function flagOf(block: PlainValue | undefined, key: string): boolean | undefined {
  const value = isBlock(block) ? own(block, key) : undefined;
  return typeof value === 'boolean' ? value : undefined;
}

export function isBlock(value: PlainValue | undefined): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One or a list of them, `false` for none; what is no text stays, for the finding that it is no address. */
function addresses(value: PlainValue | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === false) return [];
  const list: readonly PlainValue[] = Array.isArray(value) ? value : [value];
  return list.map((item) => (isScalar(item) ? String(item) : `public_at: ${JSON.stringify(item)}`));
}

/** One word or a list of them. */
function words(value: PlainValue | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const list: readonly PlainValue[] = Array.isArray(value) ? value : [value];
  return list.flatMap((item) => (isScalar(item) ? [String(item)] : []));
}

function quantities(value: PlainValue | undefined): Readonly<Record<string, string>> | undefined {
  if (!isBlock(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (isScalar(item) ? [[key, String(item)]] : [])),
  );
}

function isScalar(value: PlainValue): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
