import { knownImage } from '../images/known-images.ts';
import { recipeGroup } from '../images/recipe-user.ts';
import type { DesignedMount, DesignedService } from '../model/design.ts';
import { userNumbers } from '../names/user-numbers.ts';
import { pullPolicy } from './container.ts';
import type { EmitContext } from './emit-context.ts';
import { containerSecurity } from './security.ts';
import type { Draft } from './sourced.ts';
import { from } from './sourced.ts';

const CLAIM = '/ushadow-claim';

/**
 * The kubelet makes the folder of a claim as root's, and a database that must own its folder does not start as another
 * user. So it makes the folder itself, before the kubelet does.
 */
export function emitOwnFolders(
  services: readonly DesignedService[],
  { stores }: EmitContext,
  giveName: (text: string) => string,
): readonly Draft[] {
  return services.filter(needsOwnFolder).flatMap((designed) =>
    designed.mounts.flatMap((mount): readonly Draft[] => {
      const folder = mount.source.kind === 'store' ? stores.get(mount.source.store)?.folder : undefined;
      return folder === undefined || mount.subPath !== folder ? [] : [ownFolder(designed, mount, folder, giveName)];
    }),
  );
}

function needsOwnFolder({ service, image, recipe }: DesignedService): boolean {
  if (knownImage(recipe?.base ?? image)?.ownsFolder !== true) return false;
  const [uid] = userNumbers(service.security.user);
  return uid === undefined ? recipe !== undefined && recipeGroup(recipe) !== undefined : uid !== 0;
}

function ownFolder(
  designed: DesignedService,
  mount: DesignedMount,
  folder: string,
  giveName: (text: string) => string,
): Draft {
  return from(mount.path, {
    name: giveName(`folder-${mount.name}`),
    image: designed.image,
    imagePullPolicy: pullPolicy(designed),
    command: ['/bin/sh', '-c', '[ -d "$1" ] || mkdir -p -m 700 "$1"', 'folder', `${CLAIM}/${folder}`],
    securityContext: containerSecurity(designed.service),
    volumeMounts: [{ name: mount.name, mountPath: CLAIM }],
  });
}
