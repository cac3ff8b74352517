import { isWithin } from './paths.ts';

/** What a path of the machine means, judged by the path alone; the first row that matches decides. */
export type BindClass = 'zone' | 'socket' | 'system' | 'personal' | 'scratch' | 'data';

const CLASSES: readonly { readonly kind: BindClass; readonly pattern: RegExp }[] = [
  { kind: 'zone', pattern: /^\/etc\/(localtime|timezone)$|^\/usr\/share\/zoneinfo(\/|$)/ },
  { kind: 'socket', pattern: /\.sock$|^\/tmp\/\.(X11|ICE)-unix(\/|$)/ },
  { kind: 'personal', pattern: /\/\.(ssh|aws|gnupg|kube|azure|docker|config\/gcloud)(\/|$)/ },
  { kind: 'system', pattern: /^\/$|^\/(proc|sys|dev|run|etc|boot|lib|lib64|usr|bin|sbin)(\/|$)/ },
  {
    kind: 'system',
    pattern: /^\/var\/(run|log|cache)(\/|$)|^\/var\/lib\/(docker|containerd|containers|kubelet|systemd|dbus)(\/|$)/,
  },
  { kind: 'scratch', pattern: /^(\/var)?\/tmp(\/|$)/ },
];

/** A project may lie below /tmp itself: what belongs to it is no scratch space. */
export function bindClass(path: string, composeFile?: string): BindClass {
  const kind = CLASSES.find(({ pattern }) => pattern.test(path))?.kind ?? 'data';
  return kind === 'scratch' && isOfProject(path, composeFile) ? 'data' : kind;
}

/** In the folder of the Compose file, or in the one above it where that is no temporary folder of the whole machine. */
function isOfProject(path: string, composeFile: string | undefined): boolean {
  if (composeFile === undefined) return false;
  const folder = composeFile.replace(/\/[^/]*$/, '');
  const above = folder.replace(/\/[^/]*$/, '');
  const root = /^((\/var)?\/tmp)?$/.test(above) ? folder : above;
  return root !== '' && !/^(\/var)?\/tmp$/.test(root) && isWithin(path, root);
}

const WORDS: readonly { readonly pattern: RegExp; readonly words: string }[] = [
  { pattern: /^\/$/, words: 'everything on the node, the secrets of all its pods included' },
  {
    pattern: /(docker|podman|containerd|crio?)[^/]*\.sock$/,
    words: 'the socket of a container engine; few nodes run Docker, and what is started there the cluster does not see',
  },
  { pattern: /\.sock$|^\/tmp\/\.(X11|ICE)-unix/, words: 'the socket of a program that must run on every such node' },
  {
    pattern: /^\/etc\/(ssl|pki|ca-certificates|letsencrypt)(\/|$)|^\/usr\/(local\/)?share\/ca-certificates(\/|$)/,
    words: 'the certificates of the node, which other systems keep elsewhere; the image may have its own',
  },
  {
    pattern: /^\/etc\/(passwd|group|shadow|gshadow)$/,
    words: 'the accounts of the node, which are not those of the image',
  },
  { pattern: /^\/var\/log(\/|$)/, words: 'the logs of the node; those of pods are in /var/log/pods' },
  { pattern: /^\/(usr\/)?lib\/modules(\/|$)/, words: 'the kernel modules of the node' },
  { pattern: /^\/sys\/fs\/cgroup(\/|$)/, words: 'the control groups of the node, which the kubelet manages' },
  { pattern: /^\/(proc|sys)(\/|$)/, words: 'the kernel of the node, as it sees itself' },
  { pattern: /^\/dev(\/|$)/, words: 'a device of the node, which other nodes may not have' },
  { pattern: /^\/(var\/)?run(\/|$)/, words: 'what programs of the node keep while they run' },
  {
    pattern: /^\/var\/lib\/(docker|containerd|containers|kubelet)(\/|$)/,
    words: 'the store of a container engine, whose layout differs from node to node',
  },
];

/** What a path of the node is, for people. */
export function nodeWords(path: string): string {
  return WORDS.find(({ pattern }) => pattern.test(path))?.words ?? 'a part of its system';
}

/** Data of the machine beside the project: disks, shares and homes. */
export function isMachineData(path: string): boolean {
  return /^\/(mnt|media|srv|data|nas|volume\d+|opt|home|root|Users|var)(\/|$)/.test(path);
}

/** Names that say a file holds key material. */
export function looksLikeKeyFile(path: string): boolean {
  return /\.(pem|key|p12|pfx|jks|keystore|kdbx|ovpn)$|(^|[/._-])(htpasswd|shadow|id_(rsa|dsa|ecdsa|ed25519)|credentials?|secrets?|passwords?|token)([/._-]|$)|(^|\/)\.env(\.|$)|(^|\/)\.(pgpass|netrc|npmrc)$|(^|\/)acme[^/]*\.json$/i.test(
    path,
  );
}
