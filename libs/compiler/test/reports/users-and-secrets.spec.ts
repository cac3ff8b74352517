import { describe, expect, it } from '@jest/globals';
import { compileText } from '../harness/compile-text.ts';

describe('user-by-name', () => {
  it.each([
    ['root', { runAsUser: 0 }],
    ['root:root', { runAsUser: 0, runAsGroup: 0 }],
    ['1000:root', { runAsUser: 1000, runAsGroup: 0 }],
    ['0', { runAsUser: 0 }],
    ['netbox:0', { runAsGroup: 0 }],
  ])('%s is the numbers that are known', (user, expected) => {
    const [container] = compileText(`services: {a: {image: "acme/a:1", user: "${user}"}}`).pod('a')
      .containers as unknown as readonly { readonly securityContext?: object }[];
    expect(container?.securityContext).toMatchObject(expected);
  });

  it('of the image alone is said', () => {
    const { findings } = compileText('services: {a: {image: "acme/a:1", user: netbox}}');
    expect(findings).toContain('warning CMP0812 /services/a/user');
  });

  it('of a group is a number, or said', () => {
    const { pod, findings } = compileText('services: {a: {image: "acme/a:1", group_add: ["44", root, video]}}');
    expect(pod('a').securityContext).toMatchObject({ supplementalGroups: [44, 0] });
    expect(findings).toContain('warning CMP0813 /services/a/group_add/2');
  });
});

describe('secret-owner-and-mode', () => {
  it('let whoever runs read the file, and not more than it has to', () => {
    const text = (user: string) => `
services:
  db: {image: "acme/db:1", ${user} secrets: [{source: pw, uid: "999", gid: "999", mode: 0400}]}
secrets: {pw: {file: ./pw.txt}}
`;
    const modeOf = (user: string) => {
      const pod = compileText(text(user), { 'pw.txt': 'x' }).pod('db');
      const mode = (pod.volumes as unknown as [{ secret: { items: [{ mode: number }] } }])[0].secret.items[0].mode;
      return { mode: mode.toString(8), fsGroup: (pod.securityContext as { fsGroup?: number } | undefined)?.fsGroup };
    };
    expect(modeOf('user: "999:999",')).toEqual({ mode: '440', fsGroup: 999 });
    expect(modeOf('user: "0",').fsGroup).toBeUndefined();
  });
});

describe('pull-policy-and-host-settings', () => {
  it('that keep a pod from running are warnings', () => {
    const { findings } = compileText(`
services:
  a: {image: local-only, pull_policy: never}
  b: {image: "nginx:1.27", runtime: nvidia, platform: linux/arm64}
`);
    expect(findings).toEqual(
      expect.arrayContaining([
        'warning CMP0204 /services/a/pull_policy',
        'warning CMP0816 /services/b/runtime',
        'warning CMP0816 /services/b/platform',
      ]),
    );
  });
});

describe('secret-in-a-command', () => {
  const secret = 'S3cretValue-77aa';
  const text = `
services:
  cache:
    image: redis:7
    command: redis-server --requirepass \${REDIS_PASSWORD} --appendonly yes
    healthcheck: {test: "redis-cli -a $$REDIS_PASSWORD ping | grep PONG"}
    environment: {REDIS_PASSWORD: "\${REDIS_PASSWORD}"}
  app:
    image: acme/app:1
    environment: {REDIS_URL: "redis://:\${REDIS_PASSWORD}@cache:6379/0"}
    configs: [settings]
    labels: {basicauth: "admin:\${REDIS_PASSWORD}"}
configs: {settings: {content: "password = \${REDIS_PASSWORD}"}}
`;
  const { objects, pod, findings, messages } = compileText(text, { '.env': `REDIS_PASSWORD=${secret}\n` });

  it('is read from a Secret where the kubelet expands it, and nowhere else in clear', () => {
    const [{ args }] = pod('cache').containers as unknown as [{ args: string[] }];
    expect(args).toEqual(['redis-server', '--requirepass', '$(REDIS_PASSWORD)', '--appendonly', 'yes']);
    const open = objects
      .filter(({ kind }) => kind !== 'Secret')
      .filter((each) => JSON.stringify(each).includes(secret));
    expect(open.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Deployment app']);
  });

  it('is a warning by its name and place where it stays in clear', () => {
    expect(findings.filter((finding) => finding.startsWith('warning CMP0440'))).toEqual([
      'warning CMP0440 /services/app/labels/basicauth',
    ]);
    expect(messages).not.toContain(secret);
  });
});

describe('pod-security', () => {
  const needs = (more: string) =>
    compileText(`services: {a: {image: "acme/a:1", ${more}}}`).findings.some((finding) => finding.includes('CMP0811'));

  it.each([
    'cap_add: [NET_ADMIN]',
    'security_opt: ["seccomp=unconfined"]',
    'security_opt: ["apparmor:unconfined"]',
    'sysctls: {net.core.somaxconn: "1024"}',
    'volumes: ["/var/log:/l:ro"]',
    'pid: host',
    'privileged: true',
    'security_opt: ["label=type:svirt_apache_t"]',
    'cap_add: [ALL]',
    'network_mode: host',
  ])('a pod with %s is told the level that it needs', (more) => {
    expect(needs(more)).toBe(true);
  });

  it('says nothing of a pod that every ordinary namespace takes', () => {
    expect(needs('cap_drop: [ALL], read_only: true, security_opt: ["no-new-privileges:true"]')).toBe(false);
  });
});
