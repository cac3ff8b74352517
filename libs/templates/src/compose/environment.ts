import { isMap, isScalar, type Document, type Scalar } from 'yaml';
import { entriesOf, entry, itemsOf, textOf } from './yaml-nodes.ts';

/** A variable of a container as it is declared, in a list or a mapping. */
export interface Declared {
  readonly name: string;
  /** Undefined: by its name alone. */
  readonly value: string | undefined;
  /** The scalar that has the value; of a list with the name before it. */
  readonly node: Scalar;
  readonly inList: boolean;
}

export function environmentOf(service: unknown, document: Document): readonly Declared[] {
  const environment = entry(service, 'environment', document)?.value;
  if (isMap(environment))
    return entriesOf(environment, document).map(({ name, key, value }) => ({
      name,
      value: textOf(value) || undefined,
      node: isScalar(value) ? value : key,
      inList: false,
    }));
  return itemsOf(environment, document).flatMap((item): Declared[] => {
    const text = textOf(item);
    if (text === undefined || !isScalar(item)) return [];
    const equals = text.indexOf('=');
    return equals < 0
      ? [{ name: text.trim(), value: undefined, node: item, inList: true }]
      : [{ name: text.slice(0, equals).trim(), value: text.slice(equals + 1), node: item, inList: true }];
  });
}
