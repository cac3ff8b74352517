import type { ProjectVariableData } from '@ushadow/contracts';
import { placeOf } from '../../../../../api/error-details.ts';

/** Where `${NAME}` stands: `compose.yaml:12:9 (web)`; a place without a file by its path. */
export function usesText({ uses }: Pick<ProjectVariableData, 'uses'>): string[] {
  const texts = uses.map((use) => {
    const place = placeOf(use) ?? use.path;
    return use.service === null ? place : `${place} (${use.service})`;
  });
  return [...new Set(texts)];
}

/** Which containers have an environment variable of this name. */
export function containersText({ containers }: Pick<ProjectVariableData, 'containers'>): string | null {
  if (containers.length === 0) return null;
  return `${containers.length === 1 ? 'container' : 'containers'} ${containers.join(', ')}`;
}
