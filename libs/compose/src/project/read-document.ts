import { promoteAdopted } from '../canonical/promote-adopted.ts';
import { interpolate, leaveTemplates } from '../interpolate/interpolate.ts';
import type { ParsedDocument } from '../parse/parsed-document.ts';
import type { MapNode, Node } from '../tree/node.ts';
import type { ModelScope } from './model-scope.ts';

/** Interpolated; undefined (reported) when the document is no mapping. */
export function readDocument(
  { root, size }: ParsedDocument,
  { session, environment }: ModelScope,
): MapNode | undefined {
  session.work.visit(size, root.at);
  if (root.kind !== 'map') {
    if (root.kind === 'scalar' && root.value === null) return undefined;
    session.report.add('CPS0107', {}, '', root.at);
    return undefined;
  }
  const lookup = (name: string): string | undefined =>
    Object.hasOwn(environment.values, name) ? environment.values[name] : undefined;
  const { report, work, unset, placeholder, templates } = session;
  const onTemplate = templates.add.bind(templates);
  const node: Node = session.does('interpolation')
    ? interpolate(root, { lookup, report, work, unset, placeholder, onTemplate })
    : leaveTemplates(root, { report, onTemplate });
  return node.kind === 'map' ? promoteAdopted(node, session.report) : undefined;
}
