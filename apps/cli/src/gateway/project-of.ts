import { UsageError, type Surroundings } from '../command.ts';
import { loadFromDisk } from '../compose/load-options.ts';
import { projectFolder } from '../compose/project-folder.ts';

/** The name of the project in this folder, as Compose says it. What its files have wrong does not matter here. */
export function projectOf(surroundings: Surroundings): string {
  const loaded = loadFromDisk({}, surroundings);
  const name = loaded.interpolationEnvironment['COMPOSE_PROJECT_NAME'] ?? '';
  const isNamed = (surroundings.environment['COMPOSE_PROJECT_NAME'] ?? '') !== '';
  if (name !== '' && (isNamed || projectFolder({}, surroundings, loaded) !== undefined)) return name;
  throw new UsageError('There is no Compose file here or above. Name the project with -p NAME.');
}
