import type { ComposeService } from '@ushadow/compose';

/** Why a cluster cannot run this service, or null when it can. */
export function notDeployable(service: ComposeService): string | null {
  if (service.image !== undefined) return null;
  return service.build === undefined
    ? 'It has neither an image nor a build: the file is an override, or incomplete.'
    : 'It is only built, and a cluster can only pull: push its image to a registry and name it under `image`.';
}
