import type { ComposeProject } from '@ushadow/compose';
import { jsonPointer } from '@ushadow/compose';
import type { Coverage } from '../compile-result.ts';
import type { Report } from '../diagnostics/reporter.ts';
import type { FoundVerdict, KeyNode } from './find-verdict.ts';
import { KEY_TREE, childNode } from './find-verdict.ts';
import type { Traces } from './traces.ts';

interface Use extends FoundVerdict {
  readonly pointer: string;
  /** The name below its section, or nothing. */
  readonly owner: string;
}

/** What compiling left behind: fields of objects by the keys they come from, and what was said. */
export interface Outcome {
  readonly objects: Traces;
  readonly findings: Traces;
}

type Fate = keyof Omit<Coverage, 'keys'>;

/**
 * Says of every key in use what became of it, once for each row and service, and counts them. Whether a key was carried over is
 * seen from the objects; the table says why not, and what differs. Where something was said of the key already, that stands.
 */
export function reportKeys(
  project: ComposeProject,
  services: readonly string[],
  outcome: Outcome,
  report: Report,
): Coverage {
  const uses = new Map<string, Use>();
  for (const use of keysInUse(project, new Set(services))) {
    const scope = use.verdict.verdict === 'diagnosed' && use.verdict.oncePerProject === true ? '' : use.owner;
    const key = `${use.row} ${scope}`;
    if (!uses.has(key)) uses.set(key, use);
  }
  const fates = [...uses.values()].map((use) => {
    const fate = fateOf(use, outcome);
    if (!outcome.findings.has(use.pointer)) reportUse(use, fate, report);
    return fate;
  });
  const count = (wanted: Fate): number => fates.filter((fate) => fate === wanted).length;
  return {
    keys: uses.size,
    mapped: count('mapped'),
    approximated: count('approximated'),
    diagnosed: count('diagnosed'),
  };
}

/** What has a field in the objects is carried over, whatever the table says of other cases. */
function fateOf({ pointer, verdict: { verdict } }: Use, { objects, findings }: Outcome): Fate {
  if (verdict === 'decides') return 'mapped';
  if (verdict === 'approximated') return 'approximated';
  if (verdict === 'diagnosed' ? objects.hasBelow(pointer) : objects.has(pointer)) return 'mapped';
  return verdict === 'mapped' && findings.has(pointer) ? 'approximated' : 'diagnosed';
}

function reportUse({ pointer, row, verdict }: Use, fate: Fate, report: Report): void {
  const key = row.replace(/^services\.\*\./, '').replaceAll('.*', '');
  if (verdict.verdict === 'approximated') report('CMP1003', pointer, { key, difference: verdict.difference });
  else if (fate === 'diagnosed') {
    if (verdict.verdict === 'diagnosed') {
      const params = { key, reason: verdict.reason, remedy: verdict.remedy };
      report(verdict.severity === 'warning' ? 'CMP1001' : 'CMP1002', pointer, params);
    } else report('CMP0460', pointer, { key });
  }
}

/** Every key in use with the row that speaks for it. Keys of extensions (`x-…`) are free. */
function keysInUse(project: ComposeProject, services: ReadonlySet<string>): readonly Use[] {
  const uses: Use[] = [];
  const granted = usedResources(project, services);
  const trail: string[] = [];
  const visit = (value: unknown, node: KeyNode | undefined, above: FoundVerdict | undefined): void => {
    if (trail.length <= 2 && isLeftOut(trail, services, granted)) return;
    const own =
      node?.verdict !== undefined && node.row !== undefined ? { row: node.row, verdict: node.verdict } : above;
    // A key speaks once: what is below it and has no row of its own adds nothing.
    if (own !== undefined && own !== above && isKey(trail) && !isEmpty(value)) {
      uses.push({ ...own, pointer: jsonPointer(trail), owner: trail[1] ?? '' });
    }
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

function isLeftOut(
  [section = '', name]: readonly string[],
  services: ReadonlySet<string>,
  granted: ReadonlySet<string>,
): boolean {
  if (section === 'disabledServices') return true;
  if (name === undefined) return false;
  return section === 'services' ? !services.has(name) : OF_SERVICES.has(section) && !granted.has(`${section}/${name}`);
}

/** Sections of which only what a service uses comes to anything. */
const OF_SERVICES = new Set(['volumes', 'configs', 'secrets']);

function usedResources({ services }: ComposeProject, names: ReadonlySet<string>): ReadonlySet<string> {
  const used = Object.entries(services).filter(([name]) => names.has(name));
  return new Set(
    used.flatMap(([, { configs = [], secrets = [], volumes = [], build }]) => [
      ...configs.map(({ source }) => `configs/${source}`),
      ...[...secrets, ...(build?.secrets ?? [])].map(({ source }) => `secrets/${source}`),
      ...volumes.map(({ source }) => `volumes/${source ?? ''}`),
    ]),
  );
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
