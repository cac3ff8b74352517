import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ComposeService } from '@ushadow/compose';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';

interface Item {
  readonly mode?: number;
}
interface PodSpec {
  readonly securityContext?: { readonly fsGroup?: number; readonly supplementalGroups?: readonly number[] };
  readonly containers: readonly { readonly securityContext?: { readonly runAsUser?: number } }[];
  readonly volumes?: readonly { readonly secret?: { readonly items: readonly Item[] } }[];
}

const compiled = (service: Partial<ComposeService>) => {
  const result = compileProject({
    services: { web: service },
    secrets: { pw: { name: 'demo_pw', environment: 'PW' } },
  });
  const pod = (objectOf(result, 'Deployment', 'web')?.['spec'] as unknown as { template: { spec: PodSpec } }).template
    .spec;
  return { pod, result, mode: pod.volumes?.[0]?.secret?.items[0]?.mode };
};
const secret = (mode: string, uid?: string) => [{ source: 'pw', mode, ...(uid === undefined ? {} : { uid }) }];

describe('users and groups', () => {
  it('keeps numbers of groups and says names once', () => {
    const { pod, result } = compiled({ user: '1000:1000', group_add: ['44', 'root', 'video', 'video'] });
    expect(pod.securityContext?.supplementalGroups).toEqual([44, 0]);
    expect(codesOf(result).filter((code) => code.startsWith('CMP081'))).toEqual(['CMP0813 /services/web/group_add/2']);
  });
});

describe('secrets of their owner', () => {
  it('the user who runs reads them by the group of the pod', () => {
    const { pod, mode } = compiled({ user: '999:998', secrets: secret('0400', '999') });
    expect([pod.securityContext?.fsGroup, mode]).toEqual([998, 0o440]);
  });

  it('as everyone, where only the image knows the user', () => {
    const { pod, mode } = compiled({ secrets: secret('0400', '999') });
    expect([pod.securityContext?.fsGroup, mode]).toEqual([undefined, 0o444]);
  });

  it("root's own stay root's", () => {
    expect(compiled({ secrets: secret('0400', '0') }).mode).toBe(0o400);
    const { pod, mode } = compiled({ user: 'root', secrets: secret('0400') });
    expect([pod.securityContext?.fsGroup, mode]).toEqual([undefined, 0o400]);
  });

  it('are readable by who may read them under Compose, whoever runs', () => {
    const account = fc.constantFrom('root', 'app', '0', '999', '1000');
    const user = fc.oneof(
      fc.constant(undefined),
      account,
      fc.tuple(account, account).map((pair) => pair.join(':')),
    );
    fc.assert(
      fc.property(user, fc.constantFrom('0400', '0440', '0444', '0500', '0755'), (runs, text) => {
        const { pod, mode = 0o644 } = compiled({
          ...(runs === undefined ? {} : { user: runs }),
          secrets: secret(text),
        });
        const uid = pod.containers[0]?.securityContext?.runAsUser;
        const byGroup = pod.securityContext?.fsGroup !== undefined && (mode & 0o040) !== 0;
        expect(uid === 0 || byGroup || (mode & 0o004) !== 0).toBe(true);
      }),
    );
  });
});
