import type { Report } from '../diagnostics/report.ts';
import { mergeNodes } from '../merge/merge.ts';
import { isNull, withEntry } from '../tree/node.ts';
import type { MapNode } from '../tree/node.ts';
import { pathRules } from '../tree/path-rules.ts';
import { rewriteTree } from '../tree/rewrite.ts';
import type { Rewrite } from '../tree/rewrite.ts';

/** Extensions that the specification has since adopted under a name of its own; the key itself wins over them. */
export function promoteAdopted(root: MapNode, report: Report): MapNode {
  const result = rewriteTree(root, adopted, report);
  return result?.kind === 'map' ? result : root;
}

function renamed(from: string, to: string): Rewrite<Report> {
  return (node, path, report) => {
    const extension = node.kind === 'map' ? node.entries.get(from) : undefined;
    if (node.kind !== 'map' || !extension) return node;
    const existing = node.entries.get(to);
    const value = existing && !isNull(existing) ? mergeNodes(extension, existing, report, [...path, to]) : extension;
    return withEntry(withEntry(node, from, undefined), to, value);
  };
}

const adopted = pathRules<Rewrite<Report>>([
  ['services.*', renamed('x-develop', 'develop')],
  ['services.*.develop.watch.*', renamed('x-initialSync', 'initial_sync')],
]);
