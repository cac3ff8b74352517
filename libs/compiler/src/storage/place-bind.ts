import { dnsLabel } from '@ushadow/kubernetes';
import { holdsSecret } from '../sensitive/holds-secret.ts';
import type { FileSet, MountSource } from '../model/design.ts';
import type { Mount } from '../model/storage.ts';
import { isWithin } from './paths.ts';
import type { BindClass } from './bind-policy.ts';
import { bindClass, isMachineData, looksLikeKeyFile, nodeWords } from './bind-policy.ts';
import { boundPath } from './bind-trees.ts';
import { boundStore, identityOf, isKept } from './bound-store.ts';
import { fileKeys } from './file-keys.ts';
import type { MountContext, Placed } from './mount-context.ts';
import { asMount } from './mount-context.ts';
import { isAllowedPath } from './paths.ts';
import { joined } from './kept-places.ts';
import { mountName } from './store-names.ts';
import type { Tree } from './read-tree.ts';
import { readTree } from './read-tree.ts';

/**
 * A bind mount: files that are there and small enough travel with the manifests; sockets and system paths are the
 * node's; temporary folders are scratch space; the time zone of the machine is none of the cluster's; everything else is
 * data and gets a store.
 */
export function placeBind(mount: Mount, context: MountContext): Placed | undefined {
  const forced = context.designed.settings.storageType;
  const kind = bindClass(mount.source, context.input.positions.at(mount.path)?.file);
  if (forced === 'hostPath') return placeHost(mount, kind === 'personal', context);
  if (forced === undefined && kind !== 'data') return placeByClass(mount, kind, context);
  if (forced === 'emptyDir') return placeEmpty(mount, context);
  if (forced === 'persistentVolumeClaim') return placeData(mount, context);
  return placeContent(mount, context);
}

function placeByClass(mount: Mount, kind: BindClass, context: MountContext): Placed | undefined {
  if (kind === 'zone' && isZone(mount.target)) return leaveZone(mount, context);
  return kind === 'scratch' ? placeScratch(mount, context) : placeHost(mount, kind === 'personal', context);
}

function placeEmpty(mount: Mount, { designed }: MountContext): Placed {
  const source: MountSource = { kind: 'scratch', memory: false, size: undefined };
  return { mount: asMount(mount, source, mountName(designed.name, mount.target)) };
}

/** Files of the project, unless they are data: not there, placeholders only, too large, or data by an earlier deployment. */
function placeContent(mount: Mount, context: MountContext): Placed {
  const { designed, report, input } = context;
  const params = { service: designed.service.name, source: mount.source, target: mount.target };
  const tree = readTree(input.files, mount.source);
  if (tree === undefined) {
    const outside = isOutside(mount.source, input.positions.at(mount.path)?.file);
    report('CMP0901', mount.path, { ...params, outside });
  }
  if (tree === undefined || isDataFolder(tree, mount)) return placeData(mount, context);
  if (tree.tooLarge) {
    report('CMP0902', mount.path, params);
    return placeData(mount, context);
  }
  // A claim is a folder: what is a file by now was none of its data.
  const isFile = input.files.stat(mount.source)?.kind === 'file';
  if (designed.settings.storageType === undefined && !isFile && isKept(mount, context)) {
    report('CMP0933', mount.path, params);
    return placeData(mount, context);
  }
  if (tree.leftOut.length > 0) report('CMP0914', mount.path, { ...params, links: tree.leftOut.join(', ') });
  if (!mount.readOnly) report(isFile && isWritten(mount) ? 'CMP0452' : 'CMP0903', mount.path, params);
  return placeFiles(mount, tree, context);
}

/** A file of a kind that programs keep their state in: a database, certificates, a log. */
function isWritten({ source, target }: Mount): boolean {
  return [source, target].some((path) => /(?:\.(?:db3?|sqlite3?|s3db|rdb|mdb|log)|\/acme[\w-]*\.json)$/i.test(path));
}

const isZone = (target: string): boolean => bindClass(target) === 'zone';

/** Nodes keep universal time; a variable says what is wanted. */
function leaveZone(mount: Mount, { designed, report }: MountContext): undefined {
  const { environment, name } = designed.service;
  if (!environment.some((variable) => variable.name === 'TZ'))
    report('CMP0931', mount.path, { service: name, source: mount.source });
}

/** Temporary files need no place to stay, unless services hand them to each other there. */
function placeScratch(mount: Mount, context: MountContext): Placed {
  const { designed, report, users } = context;
  const shared = (users.get(`path:${mount.source}`) ?? []).length > 1;
  const params = { service: designed.service.name, source: mount.source, target: mount.target };
  report('CMP0932', mount.path, { ...params, shared });
  return shared ? placeData(mount, context) : placeEmpty(mount, context);
}

/** Data that the machine has beside the project. */
function isOutside(source: string, file: string | undefined): boolean {
  const folder = file?.replace(/\/[^/]*$/, '');
  return isMachineData(source) && (folder === undefined || !isWithin(source, folder));
}

/** Nothing in it but placeholders. */
function isDataFolder(tree: Tree, mount: Mount): boolean {
  const placeholder = /(^|\/)\.(gitkeep|gitignore|keep|placeholder)$/;
  return !tree.tooLarge && tree.files.every(({ path }) => placeholder.test(path)) && !placeholder.test(mount.target);
}

function placeHost(mount: Mount, personal: boolean, { designed, input, report }: MountContext): Placed {
  const params = { service: designed.service.name, source: mount.source };
  // What is not allowed is refused where the whole pod is judged.
  const allowed = isAllowedPath(mount.source, input.target.policies?.pods ?? {});
  if (allowed && personal) report('CMP0913', mount.path, params);
  else if (allowed) report('CMP0912', mount.path, { ...params, what: nodeWords(mount.source) });
  const source: MountSource = { kind: 'host', path: mount.source, type: undefined };
  return { mount: asMount(mount, source, mountName(designed.name, mount.target)) };
}

function placeData(mount: Mount, context: MountContext): Placed {
  const { designed, app } = context;
  const path = boundPath(mount, app) ?? mount.source;
  const { store, part } = boundStore(path, mount, context);
  const subPath = joined(part, designed.settings.storageSubPath);
  // One name for all parts of a claim, so that the pod has one volume of it.
  const name = mountName(designed.name, `/${store.name}`);
  return {
    mount: {
      ...asMount(mount, { kind: 'store', store: store.key }, name),
      subPath: subPath === '' ? undefined : subPath,
    },
    store,
  };
}

function placeFiles(mount: Mount, whole: Tree, context: MountContext): Placed {
  const { designed } = context;
  const tree = withoutReserved(whole, mount, context);
  const single = context.input.files.stat(mount.source)?.kind === 'file';
  // Where a checkout lies tells nothing of what is in it.
  const identity = identityOf(boundPath(mount, context.app) ?? mount.source, context);
  const secret =
    [identity, ...tree.files.map(({ path }) => path)].some(looksLikeKeyFile) ||
    tree.files.some(({ content }) => holdsSecret(content, context.placeholders));
  const keys = fileKeys(tree.files.map(({ path }) => path));
  const key = `files:${designed.service.name}:${mount.target}`;
  const fileSet: FileSet = {
    key,
    name: dnsLabel(`${designed.name}-files${mount.target}`),
    naming: 'derived',
    secret,
    owner: designed.service.name,
    entries: tree.files.map(({ path, content }) => ({ key: keys.get(path) ?? path, content })),
    labels: {},
    path: mount.path,
  };
  const items = tree.files.map(({ path, executable }) => ({
    key: keys.get(path) ?? path,
    path,
    mode: executable ? 0o755 : undefined,
  }));
  const source: MountSource = { kind: 'files', parts: [{ set: key, secret, items }], mode: undefined };
  const placed = asMount({ ...mount, readOnly: true }, source, mountName(designed.name, mount.target));
  return { mount: single ? { ...placed, subPath: tree.files[0]?.path } : placed, fileSet };
}

/** Kubernetes keeps names that begin with two dots for itself. */
function withoutReserved(tree: Tree, mount: Mount, { designed, report }: MountContext): Tree {
  const isReserved = ({ path }: Tree['files'][number]): boolean => path.startsWith('..');
  const files = tree.files.filter(isReserved).map(({ path }) => path);
  if (files.length === 0) return tree;
  const params = { service: designed.service.name, source: mount.source, files: files.join(', ') };
  report('CMP0110', mount.path, params);
  return { ...tree, files: tree.files.filter((file) => !isReserved(file)) };
}
