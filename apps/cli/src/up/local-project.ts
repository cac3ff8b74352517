import { operations } from '@ushadow/contracts';
import { jsonPointer, type Diagnostic } from '@ushadow/compose';
import { Refusal, type CommandContext } from '../command.ts';
import { collectFiles, type FoundFile } from '../compose/collect-files.ts';
import { loadFromDisk, type LoadValues } from '../compose/load-options.ts';
import type { LoadedProject } from '../compose/loaded-project.ts';
import { neededFiles } from '../compose/needed-files.ts';
import { projectFolder, type ProjectFolder } from '../compose/project-folder.ts';
import { uploadEntry, type Entry } from '../compose/upload-entry.ts';
import { uploadFinding } from '../compose/upload-findings.ts';
import { findingTexts } from '../terminal/finding-texts.ts';
import { countOf } from '../terminal/print-diagnostics.ts';
import { sentTemplate, templateFiles, type SentTemplate } from '../template/sent-template.ts';
import { activeProfiles, sentValues, valueFiles, type SentValues } from './sent-values.ts';

/** The project in a folder of this machine, ready to be sent. */
export interface LocalProject {
  readonly name: string;
  readonly files: readonly FoundFile[];
  readonly entry: Entry;
  readonly profiles: readonly string[];
  readonly values: SentValues;
  /** Findings about variables that have no value here; the gateway may know one. */
  readonly unset: readonly Diagnostic[];
  /** What is generated for it, and where it is to be reached. */
  readonly template?: SentTemplate;
}

/** What was loaded here, before anything is judged. */
export interface LoadedFolder {
  readonly name: string;
  readonly folder: ProjectFolder;
  readonly loaded: LoadedProject;
}

/** Fits wherever a variable is likely to stand: in a port, a number, a name. */
const PLACEHOLDER = '1';

/** A required variable without a value, and an optional one. */
const REQUIRED = 'CPS0202';
const UNSET = 'CPS0203';

/** The project that the options or this folder name; undefined where there are no Compose files. */
export function loadFolder(
  values: LoadValues,
  typed: Readonly<Record<string, string>>,
  context: CommandContext,
): LoadedFolder | undefined {
  const loaded = loadFromDisk(values, context, { typed, placeholder: PLACEHOLDER });
  const { template } = loaded;
  const folder = template ?? projectFolder(values, context, loaded);
  return folder && { name: loaded.interpolationEnvironment['COMPOSE_PROJECT_NAME'] ?? '', folder, loaded };
}

/** Says every finding; throws a Refusal where one keeps the project from being sent. */
export async function readyToSend(
  { name, folder, loaded }: LoadedFolder,
  services: readonly string[],
  values: LoadValues,
  typed: Readonly<Record<string, string>>,
  context: CommandContext,
): Promise<LocalProject> {
  const { directory } = folder;
  const apart = valueFiles(values, context, directory, loaded.filesRead);
  const { template } = loaded;
  const { files, findings: ofFiles } =
    template === undefined
      ? await collectFiles(neededFiles(loaded, apart), directory, loaded.positions)
      : { files: templateFiles(template), findings: [] };
  const sent = files.map(({ path }) => path);
  const entry = template === undefined ? uploadEntry(folder, name, sent) : { environment: [], findings: [] };
  const isUnset = ({ code }: Diagnostic): boolean => code === REQUIRED || code === UNSET;
  const findings = [
    ...loaded.diagnostics.filter((found) => !isUnset(found)),
    ...onlyBuilt(loaded, services),
    ...ofFiles,
    ...entry.findings,
  ];
  for (const text of findingTexts(findings, context)) context.printError(text);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Refusal(`${countOf(errors)}; nothing was sent.`, { diagnostics: errors });
  refuseUnknown(name, services, loaded);
  refuseName(name);
  return {
    name,
    files,
    entry: named(entry, name, values, context),
    profiles: activeProfiles(values, loaded),
    values: sentValues(loaded, typed, apart, context),
    ...(template === undefined ? {} : { template: sentTemplate(loaded) }),
    unset: loaded.diagnostics.filter(({ code }) => code === UNSET),
  };
}

/** Nobody builds in a cluster. */
function onlyBuilt({ project, positions }: LoadedProject, selected: readonly string[]): Diagnostic[] {
  const { services = {}, disabledServices = {} } = project ?? {};
  const wanted = selected.length === 0 ? services : { ...services, ...disabledServices };
  return Object.entries(wanted)
    .filter(([service]) => selected.length === 0 || selected.includes(service))
    .filter(([, { build, image }]) => build !== undefined && (image ?? '') === '')
    .map(([service]) => {
      const path = jsonPointer(['services', service, 'build']);
      return uploadFinding('CLI0001', { service }, { path, position: positions.at(path) });
    });
}

function refuseUnknown(name: string, selected: readonly string[], { project }: LoadedProject): void {
  const known = Object.keys({ ...project?.services, ...project?.disabledServices });
  const unknown = selected.filter((service) => !known.includes(service));
  if (unknown.length > 0)
    throw new Refusal(`${name} has no service ${unknown.join(', ')}. It has: ${known.sort().join(', ')}.`);
}

function refuseName(name: string): void {
  if (!operations.uploadProject.input.shape.name.safeParse(name).success)
    throw new Refusal(
      `The project cannot be called ${name}: a name has up to 63 lower-case letters, digits, "-", "_" and ".", and ends with a letter or digit. Choose another one with -p NAME.`,
    );
}

/** A name that was chosen here, over the one in the file. */
function named(entry: Entry, name: string, values: LoadValues, { environment }: CommandContext): Entry {
  const isChosen = values['project-name'] !== undefined || (environment['COMPOSE_PROJECT_NAME'] ?? '') !== '';
  return isChosen ? { ...entry, environment: [...entry.environment, `COMPOSE_PROJECT_NAME=${name}`] } : entry;
}
