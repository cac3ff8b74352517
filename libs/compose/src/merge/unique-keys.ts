import { entry, textOf } from '../tree/node.ts';
import type { Node } from '../tree/node.ts';
import { parseVolume } from '../canonical/parse-volume.ts';

/** What makes an entry of a list the same as another; undefined: it stands for itself. */
export type UniqueKey = (node: Node) => string | undefined;

/** The part before the equals sign. */
export const keyOfAssignment: UniqueKey = (node) => {
  const text = textOf(node);
  const equals = text?.indexOf('=') ?? -1;
  return equals < 0 ? text : text?.slice(0, equals);
};

export const keyOfVolume: UniqueKey = (node) => {
  const text = textOf(node);
  if (text === undefined) return textOf(entry(node, 'target'));
  const parsed = parseVolume(text);
  return 'problem' in parsed ? undefined : parsed.target;
};

export const keyOfDevice: UniqueKey = (node) => {
  const parts = textOf(node)?.split(':');
  return parts ? (parts[1] ?? parts[0]) : textOf(entry(node, 'target'));
};

export const keyOfExpose: UniqueKey = (node) => (node.kind === 'scalar' ? String(node.value) : undefined);

export const keyOfEnvFile: UniqueKey = (node) => textOf(node) ?? textOf(entry(node, 'path'));

/** Configs and secrets: by the place they are mounted at. */
export function keyOfGrant(directory: string): UniqueKey {
  return (node) => {
    const source = textOf(node) ?? textOf(entry(node, 'source'));
    const target = textOf(entry(node, 'target'));
    return target ?? (source === undefined ? undefined : `${directory}/${source}`);
  };
}

export const keyOfPort: UniqueKey = (node) => {
  if (node.kind === 'scalar') return String(node.value);
  const part = (key: string, fallback: string): string => {
    const value = entry(node, key);
    return value?.kind === 'scalar' ? `${typeof value.value}${String(value.value)}` : fallback;
  };
  if (!entry(node, 'target')) return undefined;
  return [
    part('host_ip', 'string0.0.0.0'),
    part('published', ''),
    part('target', ''),
    part('protocol', 'stringtcp'),
  ].join(' ');
};
