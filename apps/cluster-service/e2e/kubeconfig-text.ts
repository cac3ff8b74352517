/** Kubeconfigs made for one case each. JSON is YAML. */
export interface KubeconfigParts {
  readonly cluster?: Record<string, unknown>;
  readonly user?: Record<string, unknown>;
  readonly context?: Record<string, unknown>;
  readonly extra?: Record<string, unknown>;
}

export const CANARY_TOKEN = 'canary-token-0123456789';

export function kubeconfigText({ cluster, user, context, extra }: KubeconfigParts): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'default',
    clusters: [{ name: 'default', cluster: { server: 'https://127.0.0.1:1', ...cluster } }],
    users: [{ name: 'default', user: { token: CANARY_TOKEN, ...user } }],
    contexts: [{ name: 'default', context: { cluster: 'default', user: 'default', ...context } }],
    ...extra,
  });
}

export const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
