/** What a path of the machine means, judged by the path alone; the first row that matches decides. */
export type BindClass = 'socket' | 'system' | 'personal' | 'data';

const CLASSES: readonly { readonly kind: BindClass; readonly pattern: RegExp }[] = [
  { kind: 'socket', pattern: /\.sock$/ },
  { kind: 'personal', pattern: /\/\.(ssh|aws|gnupg|kube|azure|docker|config\/gcloud)(\/|$)/ },
  { kind: 'system', pattern: /^\/$|^\/(proc|sys|dev|run|etc|boot|lib|lib64|usr|bin|sbin)(\/|$)/ },
  {
    kind: 'system',
    pattern: /^\/var\/(run|log|cache)(\/|$)|^\/var\/lib\/(docker|containerd|containers|kubelet|systemd|dbus)(\/|$)/,
  },
];

export function bindClass(path: string): BindClass {
  return CLASSES.find(({ pattern }) => pattern.test(path))?.kind ?? 'data';
}

/** Names that say a file holds key material. */
export function looksLikeKeyFile(path: string): boolean {
  return /\.(pem|key|p12|pfx|jks|keystore|kdbx|ovpn)$|(^|[/._-])(htpasswd|shadow|id_(rsa|dsa|ecdsa|ed25519)|credentials?|secrets?|passwords?|token)([/._-]|$)|(^|\/)\.env(\.|$)|(^|\/)\.(pgpass|netrc|npmrc)$/i.test(
    path,
  );
}
