import type { ClusterPolicies } from '@ushadow/contracts';

/** What may be done in a cluster, as it is typed. */
export interface PolicyTexts {
  readonly exec: boolean;
  readonly portForward: boolean;
  /** `prod exec=off port-forward=off; dev exec=on` */
  readonly namespaces: string;
}

export type PolicyReading =
  { readonly ok: true; readonly policies: ClusterPolicies } | { readonly ok: false; readonly message: string };

const NAMES = { exec: 'exec', 'port-forward': 'port_forward' } as const;

export function policyTexts({ exec, port_forward: portForward, namespaces }: ClusterPolicies): PolicyTexts {
  const own = Object.entries(namespaces).map(([namespace, policies]) =>
    [
      namespace,
      ...Object.entries(NAMES).flatMap(([word, name]) => {
        const isOn = policies[name];
        return isOn === undefined ? [] : [`${word}=${isOn ? 'on' : 'off'}`];
      }),
    ].join(' '),
  );
  return { exec, portForward, namespaces: own.join('; ') };
}

/** The server checks the names of namespaces. */
export function readPolicies({ exec, portForward, namespaces }: PolicyTexts): PolicyReading {
  const own: Record<string, ClusterPolicies['namespaces'][string]> = {};
  for (const part of namespaces.split(';').map((text) => text.trim())) {
    if (part === '') continue;
    const [namespace = '', ...words] = part.split(/\s+/);
    const settings = words.map(readWord);
    const wrong = words.find((_, index) => settings[index] === undefined);
    if (wrong !== undefined || words.length === 0)
      return { ok: false, message: `Write ${namespace} exec=on, exec=off, port-forward=on or port-forward=off.` };
    own[namespace] = Object.assign({}, ...settings) as ClusterPolicies['namespaces'][string];
  }
  return { ok: true, policies: { exec, port_forward: portForward, namespaces: own } };
}

function readWord(word: string): ClusterPolicies['namespaces'][string] | undefined {
  const [, name, state] = /^(exec|port-forward)=(on|off)$/.exec(word) ?? [];
  return name === undefined ? undefined : { [NAMES[name as keyof typeof NAMES]]: state === 'on' };
}

/** The parts that differ: what was left as it is may have been changed by somebody else meanwhile. */
export function policyChanges(before: ClusterPolicies, after: ClusterPolicies): Partial<ClusterPolicies> {
  const isSame = (part: keyof ClusterPolicies): boolean => JSON.stringify(before[part]) === JSON.stringify(after[part]);
  return {
    ...(isSame('exec') ? {} : { exec: after.exec }),
    ...(isSame('port_forward') ? {} : { port_forward: after.port_forward }),
    ...(isSame('namespaces') ? {} : { namespaces: after.namespaces }),
  };
}

/** What is switched off, for people; empty where all is allowed. */
export function refusedText({ exec, port_forward: portForward, namespaces }: ClusterPolicies): string {
  const off = [...(exec ? [] : ['shells']), ...(portForward ? [] : ['port-forwards'])];
  const { namespaces: own } = policyTexts({ exec, port_forward: portForward, namespaces });
  return [off.length === 0 ? '' : `${off.join(' and ')} are off`, own].filter((text) => text !== '').join('; ');
}
