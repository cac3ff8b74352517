import { UsageError, type CommandContext } from '../command.ts';
import { loadFromDisk, type LoadValues } from '../compose/load-options.ts';
import { projectFolder } from '../compose/project-folder.ts';

/** The name of the project in this folder, or of these files, as Compose says it, whatever its files have wrong. */
export function projectOf(values: Pick<LoadValues, 'file'>, context: CommandContext): string {
  const loaded = loadFromDisk(values, context);
  const name = loaded.interpolationEnvironment['COMPOSE_PROJECT_NAME'] ?? '';
  const isNamed = (context.environment['COMPOSE_PROJECT_NAME'] ?? '') !== '';
  if (name !== '' && (isNamed || projectFolder(values, context, loaded) !== undefined)) return name;
  throw new UsageError('There is no Compose file here or above. Name the project with -p NAME.');
}
