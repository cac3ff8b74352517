import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { JsonValue } from '../json.ts';
import { isJsonObject, valueAt } from '../json.ts';
import type { AccessAnswer, AccessAttributes, AccessRule, AccessRules, CallOptions } from '../operations.ts';
import type { HttpClient } from './http-client.ts';
import { parseJson } from './parse-json.ts';

export async function reviewAccess(
  client: HttpClient,
  resourceAttributes: AccessAttributes,
  options?: CallOptions,
): Promise<AccessAnswer> {
  const answer = await post(
    client,
    'SelfSubjectAccessReview',
    { resourceAttributes: { ...resourceAttributes } },
    options,
  );
  const reason = valueAt(answer, ['reason']);
  const allowed = valueAt(answer, ['allowed']) === true;
  return typeof reason === 'string' && reason !== '' ? { allowed, reason } : { allowed };
}

export async function reviewRules(client: HttpClient, namespace: string, options?: CallOptions): Promise<AccessRules> {
  const answer = await post(client, 'SelfSubjectRulesReview', { namespace }, options);
  const rules = valueAt(answer, ['resourceRules']);
  return {
    rules: Array.isArray(rules) ? rules.map(readRule) : [],
    incomplete: valueAt(answer, ['incomplete']) === true,
  };
}

/** The name the server knows the credential by; undefined where it has no such review (before 1.28). */
export async function reviewIdentity(client: HttpClient, options?: CallOptions): Promise<string | undefined> {
  try {
    const answer = await post(client, 'SelfSubjectReview', undefined, options);
    const name = valueAt(answer, ['userInfo', 'username']);
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch (error) {
    if (error instanceof KubernetesApiError && [403, 404, 405].includes(error.httpStatus)) return undefined;
    throw error;
  }
}

const GROUPS = {
  SelfSubjectAccessReview: 'authorization.k8s.io',
  SelfSubjectRulesReview: 'authorization.k8s.io',
  SelfSubjectReview: 'authentication.k8s.io',
} as const;

async function post(
  client: HttpClient,
  kind: keyof typeof GROUPS,
  spec: Record<string, unknown> | undefined,
  options?: CallOptions,
): Promise<JsonValue | undefined> {
  const apiVersion = `${GROUPS[kind]}/v1`;
  const { text } = await client.send({
    ...options,
    operation: kind,
    method: 'POST',
    path: `/apis/${apiVersion}/${kind.toLowerCase()}s`,
    contentType: 'application/json',
    body: JSON.stringify({ apiVersion, kind, spec }),
  });
  return parseJson(text)['status'];
}

function readRule(rule: JsonValue): AccessRule {
  const list = (key: string): string[] => {
    const value = isJsonObject(rule) ? rule[key] : undefined;
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  };
  return {
    verbs: list('verbs'),
    apiGroups: list('apiGroups'),
    resources: list('resources'),
    resourceNames: list('resourceNames'),
  };
}
