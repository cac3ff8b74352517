import type { Report } from '../diagnostics/reporter.ts';
import { knownImage } from '../images/known-images.ts';
import type { PlacedDesign, DesignedMount, PlacedService, Store } from '../model/design.ts';

/** The folder of a claim that stands for the volume where its top has to be empty. */
const FOLDER = 'data';
/** What a label says who wants the top of the claim all the same. */
const TOP = '.';

/**
 * A claim is a file system of its own, and many have `lost+found` at the top, beside which some databases do not start.
 * Their volume is a folder of the claim, for everybody who mounts it, so that all see what they see under Compose.
 */
export function inFolders(design: PlacedDesign, report: Report): PlacedDesign {
  const stores = new Map(design.stores.map((store) => [store.key, store]));
  for (const designed of design.services) {
    for (const mount of designed.mounts) {
      const store = mount.source.kind === 'store' ? stores.get(mount.source.store) : undefined;
      if (store === undefined || store.folder !== undefined || !needsFolder(designed, mount, store)) continue;
      stores.set(store.key, { ...store, folder: FOLDER });
      report('CMP0918', mount.path, { service: designed.service.name, target: mount.target, folder: FOLDER });
    }
  }
  const inFolder = (mount: DesignedMount): DesignedMount => {
    if (mount.subPath === TOP) return { ...mount, subPath: undefined };
    const folder = mount.source.kind === 'store' ? stores.get(mount.source.store)?.folder : undefined;
    if (folder === undefined) return mount;
    return { ...mount, subPath: mount.subPath === undefined ? folder : `${folder}/${mount.subPath}` };
  };
  return {
    ...design,
    stores: design.stores.map((store) => stores.get(store.key) ?? store),
    services: design.services.map((designed) => ({ ...designed, mounts: designed.mounts.map(inFolder) })),
  };
}

/** What is there already keeps its shape, as does what somebody has given a place in it. */
function needsFolder(
  { image, recipe, service }: PlacedService,
  { target, subPath }: DesignedMount,
  { external, known }: Store,
): boolean {
  if (external || known || subPath !== undefined) return false;
  const { emptyFolders = [], emptyFolderVariable } = knownImage(recipe?.base ?? image) ?? {};
  const named = service.environment.find(({ name }) => name === emptyFolderVariable)?.value ?? '';
  return [...emptyFolders, withoutSlash(named)].includes(withoutSlash(target));
}

const withoutSlash = (path: string): string => path.replace(/(?<=.)\/+$/, '');
