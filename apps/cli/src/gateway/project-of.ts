import { UsageError, type Surroundings } from '../command.ts';
import { loadFromDisk, type LoadValues } from '../compose/load-options.ts';
import { projectFolder } from '../compose/project-folder.ts';

/** The name of the project in this folder, or of these files, as Compose says it, whatever its files have wrong. */
export function projectOf(values: Pick<LoadValues, 'file'>, surroundings: Surroundings): string {
  const loaded = loadFromDisk(values, surroundings);
  const name = loaded.interpolationEnvironment['COMPOSE_PROJECT_NAME'] ?? '';
  const isNamed = (surroundings.environment['COMPOSE_PROJECT_NAME'] ?? '') !== '';
  if (name !== '' && (isNamed || projectFolder(values, surroundings, loaded) !== undefined)) return name;
  throw new UsageError('There is no Compose file here or above. Name the project with -p NAME.');
}
