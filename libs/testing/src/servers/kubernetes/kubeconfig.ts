export type KubeconfigParts = {
  readonly name: string;
  readonly server: string;
  readonly token: string;
  /** PEM that the server's certificate is verified against. */
  readonly certificate: string;
};

/** A kubeconfig with one context and everything inline. JSON is YAML. */
export function kubeconfig({ name, server, token, certificate }: KubeconfigParts): string {
  const authority = Buffer.from(certificate).toString('base64');
  return `${JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: { server, 'certificate-authority-data': authority } }],
      users: [{ name: 'admin', user: { token } }],
      contexts: [{ name, context: { cluster: name, user: 'admin' } }],
      'current-context': name,
    },
    undefined,
    2,
  )}\n`;
}
