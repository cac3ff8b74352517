import { UsageError, type CommandContext } from '../command.ts';
import type { LoadValues } from '../compose/load-options.ts';
import type { Named } from '../gateway/service-names.ts';
import { loadFolder, readyToSend, type LocalProject } from './local-project.ts';

export interface ChosenProject {
  readonly name: string;
  /** Absent: it is in the catalog already. */
  readonly local?: LocalProject;
}

/** The project that lies here, unless another one is named. */
export async function chooseProject(
  named: Named,
  values: LoadValues,
  typed: Readonly<Record<string, string>>,
  context: CommandContext,
): Promise<ChosenProject> {
  const { project } = named;
  const here = loadFolder(values, typed, context);
  if (here !== undefined && (project === undefined || project === here.name))
    return { name: here.name, local: await readyToSend(here, named.services, values, typed, context) };
  if (project !== undefined && values.file === undefined) return { name: project };
  throw new UsageError(
    here === undefined
      ? 'There is no Compose file here or above. Name one with -f FILE, or a project of the catalog with -p NAME.'
      : `The files given are the project ${here.name}, not ${project ?? ''}. Name it with -p.`,
  );
}
