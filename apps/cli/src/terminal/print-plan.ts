import { podsBeyond, type PlanData } from '@ushadow/contracts';
import { subject, placeText } from './describe-deployment.ts';
import { type TextStyler, type Style, visibleText } from './terminal-text.ts';

type PlannedObject = PlanData['objects'][number];
type Change = PlannedObject['changes'][number];
type Finding = PlanData['problems'][number];

const marks: Readonly<Record<PlannedObject['action'], { readonly mark: string; readonly style: Style }>> = {
  create: { mark: '+', style: 'bold' },
  update: { mark: '~', style: 'yellow' },
  recreate: { mark: '±', style: 'red' },
  delete: { mark: '-', style: 'red' },
  unchanged: { mark: ' ', style: 'dim' },
};

/** What would change object by object and field by field, and what stands in the way. */
export function describePlan(plan: PlanData, styled: TextStyler): string {
  const lines = [
    styled('bold', visibleText(`${subject(plan)} in ${plan.namespace}`)),
    ...plan.objects.flatMap((object) => objectLines(object, styled)),
    ...plan.new_namespaces.map((name) => styled('bold', `+ Namespace/${name}`)),
    ...levelLines(plan, styled),
    ...findingLines(plan.warnings, 'warning', 'yellow', styled),
    ...findingLines(plan.problems, 'problem', 'red', styled),
    ...permissionLines(plan, styled),
    countsLine(plan.counts),
    footer(plan),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Each finding with its line in the Compose file and what to do. */
export function findingLines(findings: readonly Finding[], word: string, style: Style, styled: TextStyler): string[] {
  return findings.flatMap(({ code, message, source, remedy }) => {
    const place = placeText(source);
    const head = `${word} ${code}: ${message}${place === '' ? '' : ` (${place})`}`;
    return [styled(style, visibleText(head)), ...(remedy === null ? [] : [`  ${visibleText(remedy)}`])];
  });
}

function objectLines(object: PlannedObject, styled: TextStyler): string[] {
  const { mark, style } = marks[object.action];
  return [
    styled(style, visibleText(`${mark} ${object.object}${object.adopts ? ' (adopted)' : ''}`)),
    ...object.changes.map((change) => `    ${changeText(change)}`),
    ...object.conflicts.map(({ field, manager }) => styled('yellow', `    ${field} belongs to ${manager}`)),
    ...(object.unverified_reason === null ? [] : [`    not checked beforehand: ${object.unverified_reason}`]),
  ];
}

/** The digest says nothing by itself: what has changed is the content of a ConfigMap or Secret, or the digest's key. */
const CHECKSUM = /\.annotations\.ushadow\.io\/config-checksum$/;

export function changeText({ path, change, before, after }: Change): string {
  if (CHECKSUM.test(path)) return 'checksum of the configuration, or its key: pods are replaced';
  const text =
    before === undefined && after === undefined ? change : [before ?? '(nothing)', after ?? '(nothing)'].join(' → ');
  return visibleText(`${path}: ${text}`);
}

/** Only where the namespace refuses or warns. */
function levelLines(plan: PlanData, styled: TextStyler): string[] {
  return podsBeyond(plan).map(({ object, needs, enforced, warned, refused }) => {
    const says = refused ? `enforces "${enforced ?? ''}"` : `warns beyond "${warned ?? ''}"`;
    return styled('yellow', visibleText(`pod security: ${object} needs the level "${needs}"; its namespace ${says}`));
  });
}

function permissionLines({ missing_permissions: missing, role_yaml: yaml }: PlanData, styled: TextStyler): string[] {
  if (missing.length === 0) return [];
  const names = missing.map(({ verb, resource, namespace }) => `  ${verb} ${resource} in ${namespace}`);
  return [styled('red', 'missing permissions:'), ...names, ...(yaml === null ? [] : ['', yaml.trimEnd(), ''])];
}

export function countsLine(counts: PlanData['counts']): string {
  const parts = Object.entries(counts).map(([action, count]) => `${String(count)} to ${action}`);
  return parts.join(', ').replace('to unchanged', 'unchanged');
}

function footer({ plan_id: id, hash, applicable, expires_at: expires }: PlanData): string {
  if (!applicable) return `plan ${id} cannot be applied`;
  return `plan ${id}, hash ${hash.slice(0, 12)}, until ${expires}\nApply exactly this with: ushadow up --apply ${id}`;
}
