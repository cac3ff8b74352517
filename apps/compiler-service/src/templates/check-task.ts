import type { PodPolicy } from '@ushadow/compiler';
import type { ComposeProject, Diagnostic } from '@ushadow/compose';
import type { TemplateDetailData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { composeFileOf, type ImportedTemplate, type templateFindings, type TemplateInput } from '@ushadow/templates';
import { errorsOf } from '../catalog/load-source.ts';
import { openSource, type ProjectSource } from '../catalog/project-source.ts';
import { notDeployable } from '../catalog/service-metadata.ts';
import { missingImage } from '../compile/compile-failures.ts';
import { compileGathered } from '../compile/compile-gathered.ts';
import { concerningFindings } from '../compile/concerning-findings.ts';
import { secretNames } from '../compile/secret-values.ts';
import { serviceOf } from '../environment/declared-values.ts';
import { describeVariables } from '../projects/describe-variables.ts';
import { gatherProject, type GatheredProject } from '../projects/gather-project.ts';
import { selectServices } from '../projects/select-services.ts';
import { unresolvedPlaces } from '../projects/unresolved.ts';
import { toSource } from '../uploads/to-source.ts';
import { importOne } from './import-task.ts';
import { filesOf, projectNameOf } from './template-project.ts';
import { toFindings } from './to-findings.ts';

export interface CheckTask {
  readonly input: TemplateInput;
  readonly policy: PodPolicy;
  readonly now: number;
}

/** What is known of a template once it was read and compiled as the project that it makes. */
export interface CheckedTemplate extends Pick<
  TemplateDetailData,
  'services' | 'public' | 'needs' | 'generated' | 'objects' | 'volumes' | 'findings'
> {
  readonly info: ImportedTemplate['info'];
}

/** Nobody's values are needed: where one is missing, that is what the template needs. */
export function checkTemplate({ input, policy, now }: CheckTask): CheckedTemplate {
  const imported = importOne({ input, now });
  const stem = projectNameOf(input.name);
  const stored = toSource(stem, filesOf(imported), new Date(now));
  const findings = imported.findings.filter(({ code }) => code !== WITHOUT_DOMAIN);
  const known = { ...NOTHING, info: imported.info, public: imported.public.map(toPublic) };
  if (stored === undefined) return { ...known, findings: toFindings(findings) };
  const own = composeFileOf(input.files) ?? COMPOSE;
  const made = compiled(openSource(stored), imported, policy);
  return {
    ...known,
    ...made,
    needs: made.needs.map((need) => ({
      ...need,
      file: need.file === null ? null : renamed(need.file.replace(`${stem}/`, ''), own),
    })),
    generated: imported.values.filter(({ generated }) => generated).map(({ name }) => name),
    findings: toFindings([...findings, ...made.findings.map((found) => ofTemplate(found, stored.directory, own))]),
  };
}

/** Who uses a template says where; a check has no place. */
const WITHOUT_DOMAIN = 'TPL0204' satisfies keyof typeof templateFindings;

/** The template's own file, where each line is as the template has it. */
const COMPOSE = 'compose.yaml';
const NOTHING = { services: [], needs: [], generated: [], objects: [], volumes: [] };

interface Made extends Pick<CheckedTemplate, 'services' | 'needs' | 'objects' | 'volumes'> {
  readonly findings: readonly Diagnostic[];
}

function compiled(source: ProjectSource, { values }: ImportedTemplate, policy: PodPolicy): Made {
  const settings = values
    .filter(({ generated }) => generated)
    .map(({ name, value, secret }) => ({ path: name, value, isSecret: secret }));
  const gathering = { operator: {}, settings, saved: new Map(), scans: [], unavailable: undefined };
  const gathered = gatherProject(source, { savedAs: 'remembered' }, gathering);
  const { loaded, services } = gathered;
  const { project } = loaded.result;
  if (project === undefined || errorsOf(loaded).length > 0) return { ...NOTHING, findings: loaded.diagnostics };
  const selected = selectServices(project, {}, source.stem);
  const result = compileGathered({
    ...{ source, loaded, project, policy, findingsFor: selected },
    environments: services,
    services: 'all',
    namespace: 'default',
    specs: {},
    nodeNames: {},
    pullSecrets: [],
    secretVariables: secretNames(gathered.chosen),
    checksumKey: source.stem,
    kubeVersion: undefined,
    routes: undefined,
  });
  return {
    services: Object.keys(project.services).sort(),
    needs: needsOf(source, gathered, selected),
    objects: byKind(result.objects),
    volumes: result.objects.flatMap(volumesOf),
    findings: [
      ...missingImages(project, selected, gathered),
      ...concerningFindings(loaded, services, new Set(selected)).filter(({ code }) => !VARIABLE_CODES.has(code)),
      ...result.diagnostics,
    ],
  };
}

/** Of variables without a value: they are said as needs. */
const VARIABLE_CODES = new Set(['CPS0202', 'CPS0203']);

function missingImages(
  project: ComposeProject,
  selected: readonly string[],
  { loaded }: GatheredProject,
): readonly Diagnostic[] {
  return selected.flatMap((name) => {
    const service = serviceOf(project, name);
    const problem = service === undefined ? null : notDeployable(service);
    return problem === null ? [] : [missingImage(name, problem, loaded.result.positions)];
  });
}

function needsOf(source: ProjectSource, gathered: GatheredProject, selected: readonly string[]) {
  const unresolved = unresolvedPlaces(gathered.loaded, gathered.services, new Set(selected));
  return describeVariables({ source, gathered, selected, unresolved, secrets: {} })
    .filter(({ is_set: isSet, is_required: isRequired }) => !isSet && isRequired)
    .map(({ name, is_required: required, required_message: message, uses: [first] }) => ({
      ...{ name, required, message },
      file: first?.file ?? null,
      line: first?.line ?? null,
    }));
}

function byKind(objects: readonly KubeObject[]): CheckedTemplate['objects'] {
  return [...Map.groupBy(objects, ({ kind }) => kind)]
    .map(([kind, all]) => ({ kind, names: all.map(({ metadata }) => metadata.name).sort() }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

interface ClaimSpec {
  readonly resources?: { readonly requests?: { readonly storage?: string } };
}

/** Claims, and what a StatefulSet makes of its own. */
function volumesOf(object: KubeObject): CheckedTemplate['volumes'] {
  const spec = object['spec'] as unknown as
    | (ClaimSpec & {
        readonly volumeClaimTemplates?: readonly { readonly metadata: { name: string }; readonly spec: ClaimSpec }[];
      })
    | undefined;
  const sized = (name: string, claim: ClaimSpec | undefined) => ({
    name,
    size: claim?.resources?.requests?.storage ?? '',
  });
  if (object.kind === 'PersistentVolumeClaim') return [sized(object.metadata.name, spec)];
  return (spec?.volumeClaimTemplates ?? []).map((claim) =>
    sized(`${claim.metadata.name}-${object.metadata.name}`, claim.spec),
  );
}

function toPublic({ service, port, path }: ImportedTemplate['public'][number]) {
  return { service, port: port ?? null, path: path ?? null };
}

/** A finding of the project, in the file of the template that it is about. */
function ofTemplate(found: Diagnostic, directory: string, own: string): Diagnostic {
  const { position, message } = found;
  const said = { ...found, message: message.replaceAll(`${directory}/`, '') };
  if (position === undefined) return said;
  return { ...said, position: { ...position, file: renamed(position.file.replace(`${directory}/`, ''), own) } };
}

function renamed(file: string, own: string): string {
  return file === COMPOSE ? own : file;
}
