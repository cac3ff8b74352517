import { isMap, isScalar, isSeq, type Scalar } from 'yaml';
import type { ComposeText } from './compose-text.ts';
import { entry, itemsOf, textOf } from './yaml-nodes.ts';

/** Named like no file of a template. */
const FILE = 'template.env';

/**
 * The platform writes all variables to the `.env` that services name as their env file. Here it is a file that refers to them:
 * what is secret stays a variable of the stack. Undefined where no service names it.
 */
export function envFileOf(
  compose: ComposeText,
  names: readonly string[],
): readonly [path: string, text: string] | undefined {
  const nodes = compose.services.flatMap(({ value }) => envFileNodes(value, compose)).filter(isDotEnv);
  for (const node of nodes) compose.rewrite(node, `./${FILE}`);
  return nodes.length === 0 ? undefined : [FILE, names.map((name) => `${name}=\${${name}}\n`).join('')];
}

function envFileNodes(service: unknown, { document }: ComposeText): readonly Scalar[] {
  const value = entry(service, 'env_file', document)?.value;
  const all = isSeq(value) ? itemsOf(value, document) : [value];
  return all.map((item) => (isMap(item) ? entry(item, 'path', document)?.value : item)).filter(isScalar);
}

function isDotEnv(node: Scalar): boolean {
  return /^(?:\.\/)?\.env$/.test(textOf(node) ?? '');
}
