import { withoutUnusedResources } from '../src/canonical/unused-resources.ts';
import type { ComposeProject } from '../src/model.ts';

/**
 * Brings both sides to one form before they are compared. What is taken away, and why:
 *
 * - the reference prints `$` as `$$` so that its output can be loaded again; ours holds values;
 * - the reference omits from JSON: `x-*` below the top level, top-level `models`, and services switched off;
 * - the reference leaves out resources that no service uses, as our `config` command does;
 * - the reference drops `env_file` after reading it; ours keeps the reference to the file;
 * - empty objects that Go prints because a struct cannot be absent (`ipam`, `placement`, `resources`, `exec`);
 * - a `bind` or `volume` without options, which Go prints for the short form only;
 * - a ulimit of 0, which Go prints as an empty object;
 * - `Path`, `Weight` and `Rate` of block I/O limits, which Go prints with a capital letter.
 */
export function normaliseReference(project: unknown): unknown {
  return prune(unescape(project));
}

export function normaliseOurs(project: ComposeProject): unknown {
  const { disabledServices: _off, models: _models, ...rest } = withoutUnusedResources(project);
  const sections = ['networks', 'volumes', 'configs', 'secrets'];
  const kept = Object.entries(rest).filter(([key, value]) => !sections.includes(key) || !isEmpty(value));
  return prune(
    Object.fromEntries(kept.map(([key, value]) => [key, key.startsWith('x-') ? value : strip(value, [key])])),
  );
}

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function unescape(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$$', '$');
  if (Array.isArray(value)) return value.map(unescape);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k.replaceAll('$$', '$'), unescape(v)]));
  return value;
}

/** Names chosen by users may begin with x-: services, and the keys of free mappings. */
const FREE = new Set([
  'services',
  'networks',
  'volumes',
  'secrets',
  'configs',
  'depends_on',
  'labels',
  'environment',
  'args',
]);

function strip(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item, [...path, '']));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => {
    if (key === 'env_file') return FREE.has(path.at(-1) ?? '');
    return !key.startsWith('x-') || FREE.has(path.at(-1) ?? '');
  });
  return Object.fromEntries(kept.map(([key, item]) => [key, strip(item, [...path, key])]));
}

const STRUCTS = new Set(['ipam', 'placement', 'resources', 'bind', 'volume', 'exec', 'deploy']);

function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [spelling(key), key === 'ulimits' ? limits(item) : prune(item)] as const,
  );
  return Object.fromEntries(
    entries.filter(([key, item]) => !(STRUCTS.has(key) && (isEmpty(item) || isCommandOnly(item)))),
  );
}

function spelling(key: string): string {
  return ['Path', 'Weight', 'Rate'].includes(key) ? key.toLowerCase() : key;
}

function limits(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, isEmpty(item) ? 0 : item]));
}

function isCommandOnly(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 1 && value['command'] === null;
}

/** The first paths at which two values differ. */
export function differences(ours: unknown, theirs: unknown, path = ''): readonly string[] {
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
    return ours.flatMap((item, index) => differences(item, theirs[index], `${path}/${index}`));
  }
  if (isObject(ours) && isObject(theirs)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
    return keys.flatMap((key) => differences(ours[key], theirs[key], `${path}/${key}`));
  }
  return JSON.stringify(ours) === JSON.stringify(theirs)
    ? []
    : [`${path}: ours ${JSON.stringify(ours)?.slice(0, 200)}, theirs ${JSON.stringify(theirs)?.slice(0, 200)}`];
}
