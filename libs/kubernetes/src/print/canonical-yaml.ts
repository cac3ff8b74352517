import { Document, Scalar, visit } from 'yaml';
import type { KubeObject } from '../object.ts';
import type { JsonValue } from '../json.ts';
import { orderKeys } from './key-order.ts';

/** What a YAML 1.1 reader (kubectl, Helm, many linters) would not read as the string it is. */
const YAML_1_1_SURPRISES = [
  /^(y|yes|n|no|on|off|true|false|null|~)$/i,
  /^[-+.0-9eE][-+.0-9_:,eE]*$/,
  /^[-+]?0[bxo]?[0-9a-f_]+$/i,
  /^[-+]?\.(inf|nan)$/i,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}/,
  /^(=|<<)$/,
];

/** One object as YAML: fixed key order, no anchors, strings quoted where some reader would misread them. */
export function canonicalYaml(value: JsonValue): string {
  const document = new Document(orderKeys(value), { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && needsQuotes(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0, indentSeq: false });
}

/** Several objects as one YAML stream, in the order given. */
export function canonicalYamlStream(objects: readonly KubeObject[]): string {
  return objects.map((object) => canonicalYaml(object)).join('---\n');
}

function needsQuotes(text: string): boolean {
  return YAML_1_1_SURPRISES.some((pattern) => pattern.test(text));
}
