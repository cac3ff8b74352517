import type { KubeObject } from '../object.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { LIST_ITEM, orderedKeys } from './key-order.ts';
import { yamlBlock, yamlText } from './yaml-scalar.ts';

/** One object as YAML: fixed key order, no anchors, strings quoted where some reader would misread them. */
export function canonicalYaml(value: JsonValue): string {
  const lines: string[] = [];
  write(value, '', '', '', lines);
  return `${lines.join('\n')}\n`;
}

/** Several objects as one YAML stream, in the order given. */
export function canonicalYamlStream(objects: readonly KubeObject[]): string {
  return objects.map((object) => canonicalYaml(object)).join('---\n');
}

/**
 * Writes the value of `key` after `head`, the text that stands before it on its first line; `indent` is that of its own
 * lines.
 */
function write(value: JsonValue, key: string, indent: string, head: string, lines: string[]): void {
  if (Array.isArray(value) && value.length > 0) writeList(value as readonly JsonValue[], indent, head, lines);
  else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const map = value as JsonObject;
    const keys = orderedKeys(map, key);
    if (keys.length > 0) writeMap(map, keys, indent, head, lines);
    else lines.push(joined(head, '{}'));
  } else lines.push(joined(head, scalar(value, indent)));
}

function writeMap(map: JsonObject, keys: readonly string[], indent: string, head: string, lines: string[]): void {
  let prefix = head;
  // After a key the map starts on a line of its own; after a dash it goes on there.
  if (head.endsWith(':')) {
    lines.push(head);
    prefix = indent;
  }
  for (const key of keys) {
    const child = map[key] ?? null;
    const inner = Array.isArray(child) ? indent : `${indent}  `;
    write(child, key, inner, `${prefix}${yamlText(key)}:`, lines);
    prefix = indent;
  }
}

function writeList(list: readonly JsonValue[], indent: string, head: string, lines: string[]): void {
  let prefix = head;
  if (head.endsWith(':')) {
    lines.push(head);
    prefix = indent;
  }
  for (const item of list) {
    write(item, LIST_ITEM, `${indent}  `, `${prefix}- `, lines);
    prefix = indent;
  }
}

function scalar(value: JsonValue, indent: string): string {
  if (typeof value === 'string') return yamlBlock(value, indent === '' ? '  ' : indent) ?? yamlText(value);
  return Array.isArray(value) ? '[]' : String(value);
}

function joined(head: string, text: string): string {
  return head.endsWith(':') ? `${head} ${text}` : head + text;
}
