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

describe('volumes of an image that does not start as root', () => {
  const groupOf = (image: string, mount: object, user?: string) => {
    const result = compileProject({
      services: {
        web: { image, ...(user === undefined ? {} : { user }), volumes: [{ type: 'volume', source: 'd', ...mount }] },
      } as never,
      volumes: { d: { name: 'demo_d' } },
    });
    const deployment = result.objects.find(({ kind }) => /^(Deployment|StatefulSet)$/.test(kind));
    return (deployment?.['spec'] as { template: { spec: PodSpec } } | undefined)?.template.spec.securityContext
      ?.fsGroup;
  };

  it.each([
    ['grafana/grafana-oss:11', 472],
    ['grafana/grafana-enterprise', 472],
    ['odoo:17', 101],
    ['ghcr.io/goauthentik/server:2024.8', 1000],
    ['vaultwarden/server', undefined],
    ['gitea/gitea:1-rootless', 1000],
    ['gitea/gitea:1', undefined],
  ])('are the group of %s', (image, group) => {
    expect(groupOf(image, { target: '/data' })).toBe(group);
  });

  it('are its group where it alone fills what it then only reads', () => {
    const html = { target: '/usr/share/nginx/html', read_only: true };
    expect(groupOf('nginx', html, '101:102')).toBe(102);
    expect(groupOf('nginx', { ...html, target: '/srv' }, '101:102')).toBeUndefined();
  });

  it('are the group of the image where the user is a name', () => {
    expect(groupOf('grafana/grafana', { target: '/var/lib/grafana' }, 'grafana')).toBe(472);
    expect(groupOf('grafana/grafana', { target: '/var/lib/grafana' }, '0')).toBeUndefined();
  });
});
