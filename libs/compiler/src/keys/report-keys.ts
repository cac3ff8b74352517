import type { ComposeProject } from '@ushadow/compose';
import { jsonPointer } from '@ushadow/compose';
import type { Coverage } from '../compile-result.ts';
import type { Report } from '../diagnostics/reporter.ts';
import type { FoundVerdict, KeyNode } from './find-verdict.ts';
import { KEY_TREE, childNode } from './find-verdict.ts';

interface Use extends FoundVerdict {
  readonly path: readonly string[];
}

/** Says of every key in use what became of it, once for each row and service, and counts them. */
export function reportKeys(project: ComposeProject, services: readonly string[], report: Report): Coverage {
  const uses = new Map<string, Use>();
  for (const use of keysInUse(project, new Set(services))) {
    const scope = use.verdict.verdict === 'diagnosed' && use.verdict.oncePerProject === true ? '' : (use.path[1] ?? '');
    const key = `${use.row} ${scope}`;
    if (!uses.has(key)) uses.set(key, use);
  }
  for (const use of uses.values()) reportUse(use, report);
  const count = (verdict: string): number => [...uses.values()].filter((use) => use.verdict.verdict === verdict).length;
  return {
    keys: uses.size,
    mapped: count('mapped'),
    approximated: count('approximated'),
    diagnosed: count('diagnosed'),
  };
}

function reportUse({ path, row, verdict }: Use, report: Report): void {
  const key = row.replace(/^services\.\*\./, '').replaceAll('.*', '');
  const pointer = jsonPointer(path);
  if (verdict.verdict === 'approximated') report('CMP1003', pointer, { key, difference: verdict.difference });
  if (verdict.verdict !== 'diagnosed') return;
  const params = { key, reason: verdict.reason, remedy: verdict.remedy };
  report(verdict.severity === 'warning' ? 'CMP1001' : 'CMP1002', pointer, params);
}

/** Every key in use with the row that speaks for it. Keys of extensions (`x-…`) are free. */
function keysInUse(project: ComposeProject, services: ReadonlySet<string>): readonly Use[] {
  const uses: Use[] = [];
  const trail: string[] = [];
  const visit = (value: unknown, node: KeyNode | undefined, above: FoundVerdict | undefined): void => {
    if (isLeftOut(trail, services)) return;
    const own =
      node?.verdict !== undefined && node.row !== undefined ? { row: node.row, verdict: node.verdict } : above;
    // A key speaks once: what is below it and has no row of its own adds nothing.
    if (own !== undefined && own !== above && isKey(trail) && !isEmpty(value)) uses.push({ ...own, path: [...trail] });
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value).sort()) {
      if (key.startsWith('x-')) continue;
      trail.push(key);
      visit((value as Readonly<Record<string, unknown>>)[key], childNode(node, key), own);
      trail.pop();
    }
  };
  visit(project, KEY_TREE, undefined);
  return uses;
}

function isLeftOut([section, name]: readonly string[], services: ReadonlySet<string>): boolean {
  return section === 'disabledServices' || (section === 'services' && name !== undefined && !services.has(name));
}

/** Sections and the names of resources are no keys of their own. */
function isKey(path: readonly string[]): boolean {
  return path.length > (SECTIONS.has(path[0] ?? '') ? 2 : 0);
}

const SECTIONS = new Set(['services', 'networks', 'volumes', 'configs', 'secrets', 'models']);

/** What the loader writes for silence. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
