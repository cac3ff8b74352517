import { own } from '@ushadow/kubernetes';
import type { ComposeService, VolumeMount } from '@ushadow/compose';
import type { Mount } from '../model/storage.ts';
import { flagOf } from '../settings/from-extension.ts';
import { byteCount } from '../text/measures.ts';
import { positive } from './lower-scheduling.ts';

type Services = Readonly<Record<string, ComposeService>>;

/** Everything mounted: volumes, tmpfs, and what `volumes_from` brings. Later entries for one target win. */
export function lowerMounts(service: ComposeService, path: string, services: Services): readonly Mount[] {
  const mounts = [
    ...inherited(service, services, new Set()),
    ...(service.volumes ?? []).map((volume, index) => lowerMount(volume, `${path}/volumes/${index}`)),
    ...(service.tmpfs ?? []).map((text, index) => lowerTmpfs(text, `${path}/tmpfs/${index}`)),
  ];
  return [...new Map(mounts.map((mount) => [mount.target, mount])).values()];
}

function inherited(service: ComposeService, services: Services, seen: Set<string>): readonly Mount[] {
  return (service.volumes_from ?? []).flatMap((text) => {
    const [name = '', mode] = text.split(':');
    const source = own(services, name);
    if (source === undefined || seen.has(name)) return [];
    seen.add(name);
    const mounted = (source.volumes ?? []).map((volume, index) =>
      lowerMount(volume, `/services/${name}/volumes/${index}`),
    );
    return [...inherited(source, services, seen), ...mounted].map((mount) => ({
      ...mount,
      readOnly: mount.readOnly || mode === 'ro',
    }));
  });
}

function lowerMount(volume: VolumeMount, path: string): Mount {
  return {
    kind: mountKind(volume),
    source: volume.source ?? '',
    target: cleanTarget(volume.target),
    readOnly: volume.read_only === true,
    subPath: volume.volume?.subpath ?? volume.image?.subpath,
    propagation: volume.bind?.propagation,
    size: positive(volume.tmpfs?.size),
    noCopy: volume.volume?.nocopy === true,
    copyUp: flagOf(volume['x-ushadow'], 'copy_up'),
    path,
  };
}

function mountKind(volume: VolumeMount): Mount['kind'] {
  if (volume.type === 'volume') return volume.source === undefined || volume.source === '' ? 'anonymous' : 'volume';
  if (volume.type === 'tmpfs') return 'memory';
  return volume.type === 'npipe' ? 'pipe' : volume.type;
}

function lowerTmpfs(text: string, path: string): Mount {
  const colon = text.indexOf(':');
  const target = colon < 0 ? text : text.slice(0, colon);
  const size = /(?:^|,)size=([^,]+)/.exec(colon < 0 ? '' : text.slice(colon + 1))?.[1];
  return {
    kind: 'memory',
    source: '',
    target: cleanTarget(target),
    readOnly: /(?:^|[:,])ro(?:,|$)/.test(text),
    subPath: undefined,
    propagation: undefined,
    size: size === undefined ? undefined : byteCount(size),
    noCopy: false,
    copyUp: undefined,
    path,
  };
}

function cleanTarget(target: string): string {
  const clean = target.replace(/\/{2,}/g, '/').replace(/(.)\/+$/, '$1');
  return clean.startsWith('/') || /^[A-Za-z]:/.test(clean) ? clean : `/${clean}`;
}
