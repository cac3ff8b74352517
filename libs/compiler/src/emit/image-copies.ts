import type { DesignedMount, DesignedService } from '../model/design.ts';
import { escapeExpansion } from '../text/escaping.ts';
import { pullPolicy } from './container.ts';
import { FILL_SCRIPT } from './fill-script.ts';
import { containerSecurity } from './security.ts';
import type { Draft } from './sourced.ts';
import { from } from './sourced.ts';

/** Where the volume is while the image still shows what it has at its place. */
const VOLUME = '/ushadow-volume';

/** Containers of the services' own images that copy what the volumes hide, before anything else runs in the pod. */
export function emitImageCopies(
  services: readonly DesignedService[],
  giveName: (text: string) => string,
): readonly Draft[] {
  return services.flatMap((designed) =>
    designed.mounts.filter(({ filled }) => filled).map((mount) => imageCopy(designed, mount, giveName)),
  );
}

function imageCopy(designed: DesignedService, mount: DesignedMount, giveName: (text: string) => string): Draft {
  return from(mount.path, {
    name: giveName(`fill-${mount.name}`),
    image: designed.image,
    imagePullPolicy: pullPolicy(designed),
    command: ['/bin/sh', '-c', escapeExpansion(FILL_SCRIPT), 'fill', mount.target, VOLUME],
    securityContext: containerSecurity(designed.service),
    volumeMounts: [{ name: mount.name, mountPath: VOLUME, subPath: mount.subPath }],
  });
}
