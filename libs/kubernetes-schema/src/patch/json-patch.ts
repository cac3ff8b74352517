import { isJsonObject } from '@ushadow/kubernetes';
import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import { PatchRefused, patchResult } from './patch-result.ts';
import type { PatchResult } from './patch-result.ts';

/** One operation of RFC 6902. */
export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: JsonValue;
}

/** Of one patch: each operation makes its object anew, and copies of copies double with each. */
const OPERATIONS_MAX = 1_000;
const COPIED_MAX = 10_000;

/** Applies all operations in order, or none. */
export function jsonPatch(object: KubeObject, operations: readonly JsonPatchOperation[]): PatchResult {
  return patchResult(() => {
    if (operations.length > OPERATIONS_MAX) throw new PatchRefused([], `it has more than ${OPERATIONS_MAX} operations`);
    let current = object as unknown as JsonValue;
    let left = COPIED_MAX;
    const copied: Copied = (value, refuse) => {
      left -= sizeOf(value, left);
      return left < 0 ? refuse(`it copies more than ${COPIED_MAX} values`) : value;
    };
    operations.forEach((operation, i) => (current = applyOne(current, operation, i, copied)));
    if (!isJsonObject(current)) throw new PatchRefused([], 'would leave no object');
    return current as unknown as KubeObject;
  });
}

type Copied = (value: JsonValue, refuse: Refuse) => JsonValue;

/** How many values it holds, itself among them; not counted further than to one more than these. */
function sizeOf(value: JsonValue, most: number): number {
  let size = 0;
  const open = [value];
  for (let next = open.pop(); next !== undefined && size <= most; next = open.pop()) {
    size += 1;
    if (typeof next === 'object' && next !== null) open.push(...(Object.values(next) as JsonValue[]));
  }
  return size;
}

function applyOne(root: JsonValue, operation: JsonPatchOperation, i: number, copied: Copied): JsonValue {
  const refuse: Refuse = (message) => {
    throw new PatchRefused([i], message);
  };
  const path = readPointer(operation.path, refuse);
  const from = (): readonly string[] => readPointer(operation.from ?? '', refuse);
  switch (operation.op) {
    case 'add':
      return change(root, path, valueOf(operation, refuse), 'add', refuse);
    case 'replace':
      return change(root, path, valueOf(operation, refuse), 'replace', refuse);
    case 'remove':
      return change(root, path, undefined, 'remove', refuse);
    case 'copy':
      return change(root, path, copied(find(root, from(), refuse), refuse), 'add', refuse);
    case 'move':
      return move(root, from(), path, refuse);
    case 'test':
      if (!same(find(root, path, refuse), operation.value)) refuse(`${operation.path} has another value`);
      return root;
    default:
      return refuse(`unknown operation ${String(operation.op)}`);
  }
}

type Refuse = (message: string) => never;

function readPointer(text: unknown, refuse: Refuse): readonly string[] {
  if (typeof text !== 'string' || (text !== '' && !text.startsWith('/')))
    return refuse('a path must be empty or begin with /');
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueOf(operation: JsonPatchOperation, refuse: Refuse): JsonValue {
  return operation.value === undefined ? refuse(`${operation.op} needs a value`) : operation.value;
}

function move(root: JsonValue, from: readonly string[], path: readonly string[], refuse: Refuse): JsonValue {
  if (from.length < path.length && from.every((step, i) => path[i] === step)) refuse('cannot move a value into itself');
  const value = find(root, from, refuse);
  return change(change(root, from, undefined, 'remove', refuse), path, value, 'add', refuse);
}

function indexIn(list: readonly JsonValue[], step: string, refuse: Refuse): number {
  const index = /^(0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
  return index >= 0 && index < list.length ? index : refuse(`there is no entry ${step}`);
}

function find(root: JsonValue, path: readonly string[], refuse: Refuse): JsonValue {
  return path.reduce<JsonValue>((at, step) => {
    if (Array.isArray(at))
      return (at as readonly JsonValue[])[indexIn(at as readonly JsonValue[], step, refuse)] as JsonValue;
    const value = isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
    return value === undefined ? refuse(`there is no ${step}`) : value;
  }, root);
}

type Change = 'add' | 'replace' | 'remove';

/** A copy of the tree that differs along the path only. */
function change(
  at: JsonValue,
  path: readonly string[],
  value: JsonValue | undefined,
  how: Change,
  refuse: Refuse,
): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return value ?? refuse('cannot remove everything');
  if (Array.isArray(at)) return changeList(at as readonly JsonValue[], step, rest, value, how, refuse);
  if (!isJsonObject(at)) return refuse(`there is no ${step}`);
  return changeObject(at, step, rest, value, how, refuse);
}

function changeObject(
  at: JsonObject,
  step: string,
  rest: readonly string[],
  value: JsonValue | undefined,
  how: Change,
  refuse: Refuse,
): JsonValue {
  const own = Object.hasOwn(at, step) ? at[step] : undefined;
  if (rest.length > 0)
    return { ...at, [step]: own === undefined ? refuse(`there is no ${step}`) : change(own, rest, value, how, refuse) };
  if (how !== 'add' && own === undefined) return refuse(`there is no ${step}`);
  if (how !== 'remove') return { ...at, [step]: value };
  return Object.fromEntries(Object.entries(at).filter(([key]) => key !== step));
}

function changeList(
  at: readonly JsonValue[],
  step: string,
  rest: readonly string[],
  value: JsonValue | undefined,
  how: Change,
  refuse: Refuse,
): JsonValue {
  const end = how === 'add' && rest.length === 0 && (step === '-' || step === String(at.length));
  const index = end ? at.length : indexIn(at, step, refuse);
  if (rest.length > 0) return at.with(index, change(at[index] as JsonValue, rest, value, how, refuse));
  if (how === 'remove') return at.toSpliced(index, 1);
  return at.toSpliced(index, how === 'add' ? 0 : 1, value as JsonValue);
}

/** Equal JSON, whatever the order of keys. */
function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => same(item as JsonValue, b[i] as JsonValue))
    );
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}
