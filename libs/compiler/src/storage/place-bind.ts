import { dnsLabel } from '@ushadow/kubernetes';
import type { FileSet, MountSource, Store } from '../model/plan.ts';
import type { Mount } from '../model/storage.ts';
import { bindClass, looksLikeKeyFile } from './bind-policy.ts';
import { boundPath } from './bind-trees.ts';
import { fileKeys } from './file-keys.ts';
import type { MountContext, Placed } from './mount-context.ts';
import { asMount, storeShape } from './place-volume.ts';
import { sourceIdentity } from './source-identity.ts';
import { mountName } from './store-names.ts';
import type { Tree } from './read-tree.ts';
import { readTree } from './read-tree.ts';

/**
 * A bind mount: files that are there and small enough travel with the manifests; sockets and system paths are the
 * node's; everything else is data and gets a store.
 */
export function placeBind(mount: Mount, context: MountContext): Placed {
  const { planned, report } = context;
  const params = { service: planned.service.name, source: mount.source, target: mount.target };
  const forced = planned.settings.storageType;
  const kind = bindClass(mount.source);
  if (forced === 'hostPath' || (kind !== 'data' && forced === undefined))
    return placeHost(mount, kind === 'personal', context);
  if (forced === 'emptyDir')
    return {
      mount: asMount(mount, { kind: 'scratch', memory: false, size: undefined }, mountName(planned.name, mount.target)),
    };
  const tree = forced === 'persistentVolumeClaim' ? undefined : readTree(context.input.files, mount.source);
  if (tree === undefined && forced !== 'persistentVolumeClaim') report('CMP0901', mount.path, params);
  if (tree === undefined || isDataFolder(tree, mount)) return placeData(mount, context);
  if (tree.tooLarge) {
    report('CMP0902', mount.path, params);
    return placeData(mount, context);
  }
  if (tree.leftOut.length > 0) report('CMP0914', mount.path, { ...params, links: tree.leftOut.join(', ') });
  if (!mount.readOnly) report('CMP0903', mount.path, params);
  return placeFiles(mount, tree, context);
}

/** Nothing in it but placeholders. */
function isDataFolder(tree: Tree, mount: Mount): boolean {
  const placeholder = /(^|\/)\.(gitkeep|gitignore|keep|placeholder)$/;
  return !tree.tooLarge && tree.files.every(({ path }) => placeholder.test(path)) && !placeholder.test(mount.target);
}

function placeHost(mount: Mount, personal: boolean, { planned, input, report }: MountContext): Placed {
  const allowed = input.options.hostPaths?.allow.some((prefix) => isBelow(mount.source, prefix)) ?? true;
  const params = { service: planned.service.name, source: mount.source };
  if (!allowed) report('CMP0911', mount.path, params);
  else report(personal ? 'CMP0913' : 'CMP0912', mount.path, params);
  const source: MountSource = { kind: 'host', path: mount.source, type: undefined };
  return { mount: asMount(mount, source, mountName(planned.name, mount.target)) };
}

function isBelow(path: string, prefix: string): boolean {
  const base = prefix.replace(/\/+$/, '');
  return path === base || path.startsWith(`${base}/`);
}

function placeData(mount: Mount, context: MountContext): Placed {
  const { planned, app, input } = context;
  const path = boundPath(mount, app) ?? mount.source;
  const root = context.roots.get(path);
  const source = root ?? path;
  const key = `path:${source}`;
  const users = context.users.get(key) ?? [planned.host];
  const identity = sourceIdentity(source, input.positions.at(mount.path)?.file);
  const name = dnsLabel(`${app.name}-host-${identity}`);
  const store: Store = {
    ...storeShape(key, undefined, users, context),
    key,
    name,
    external: false,
    perReplicaOf: undefined,
    users,
    path: mount.path,
  };
  // One name for all parts of a tree, so that the pod has one volume of it.
  const inPod = root === undefined ? mount.target : `/${identity}`;
  const part = path.slice(source.length).replace(/^\/+/, '');
  const subPath = [part, planned.settings.storageSubPath ?? ''].filter((text) => text !== '').join('/');
  return {
    mount: {
      ...asMount(mount, { kind: 'store', store: key }, mountName(planned.name, inPod)),
      subPath: subPath === '' ? undefined : subPath,
    },
    store,
  };
}

function placeFiles(mount: Mount, tree: Tree, context: MountContext): Placed {
  const { planned } = context;
  const single = context.input.files.stat(mount.source)?.kind === 'file';
  const secret = [mount.source, ...tree.files.map(({ path }) => path)].some(looksLikeKeyFile);
  const keys = fileKeys(tree.files.map(({ path }) => path));
  const name = dnsLabel(`${planned.name}-files${mount.target}`);
  const fileSet: FileSet = {
    name,
    secret,
    owner: planned.service.name,
    entries: tree.files.map(({ path, content }) => ({ key: keys.get(path) ?? path, content })),
    labels: {},
    path: mount.path,
  };
  const items = tree.files.map(({ path, executable }) => ({
    key: keys.get(path) ?? path,
    path,
    mode: executable ? 0o755 : undefined,
  }));
  const source: MountSource = { kind: 'files', parts: [{ set: name, secret, items }], mode: undefined };
  const placed = asMount({ ...mount, readOnly: true }, source, mountName(planned.name, mount.target));
  return { mount: single ? { ...placed, subPath: tree.files[0]?.path } : placed, fileSet };
}
