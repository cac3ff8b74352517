import { describe, expect, it } from '@jest/globals';
import type { ComposeService, PreStartHook } from '@ushadow/compose';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';

const found = (service: Partial<ComposeService>) => {
  const result = compileProject({ services: { web: service }, models: { 'my-llm': { model: 'ai/small' } } });
  return { result, codes: codesOf(result).filter((code) => /^CMP(122|100|046)/.test(code)) };
};

const step = (more: Partial<PreStartHook> = {}): PreStartHook => ({ command: ['a'], entrypoint: null, ...more });

describe('keys that Compose has since lately', () => {
  it.each<[string, Partial<ComposeService>, readonly string[]]>([
    ['a model by its short form', { models: { 'my-llm': null } }, ['CMP1220 /services/web/models/my-llm']],
    [
      'a model whose variables are given',
      { models: { 'my-llm': null }, environment: { MY_LLM_URL: 'http://llm/v1', MY_LLM_MODEL: 'small' } },
      [],
    ],
    [
      'a model by its long form',
      { models: { 'my-llm': { endpoint_var: 'AI', model_var: 'NAME' } }, environment: { AI: 'x' } },
      ['CMP1220 /services/web/models/my-llm'],
    ],
    ['steps of one replica', { pre_start: [step()] }, []],
    ['steps of many', { pre_start: [step()], deploy: { replicas: 3 } }, ['CMP1221 /services/web/pre_start/0']],
    ['steps of each', { pre_start: [step({ per_replica: true })], deploy: { replicas: 3 } }, []],
    ['scratch space as Docker makes it', { tmpfs: ['/run:size=64m,mode=1777,noexec,nosuid'] }, []],
    ['scratch space of somebody', { tmpfs: ['/run:uid=5,mode=0700'] }, ['CMP1222 /services/web/tmpfs/0']],
    [
      'scratch space with a mode',
      { volumes: [{ type: 'tmpfs', target: '/t', tmpfs: { size: '1024', mode: 0o700 } }] },
      ['CMP1222 /services/web/volumes/0/tmpfs/mode'],
    ],
    ['kernel parameters that every node sets', { sysctls: { 'net.ipv4.tcp_syncookies': '1' } }, []],
    ['others', { sysctls: { 'net.core.somaxconn': '1024' } }, ['CMP1223 /services/web/sysctls']],
    ['one that became safe later', { sysctls: { 'net/ipv4/tcp_slow_start_after_idle': '0' } }, []],
    ['what is for local work', { develop: {} }, []],
    ['an image pulled by age', { pull_policy: 'daily' }, ['CMP1224 /services/web/pull_policy']],
    ['an image pulled always', { pull_policy: 'always' }, []],
    ['the socket of Docker', { use_api_socket: true }, ['CMP1001 /services/web/use_api_socket']],
  ])('%s', (_, service, codes) => {
    expect(found(service).codes).toEqual(codes);
  });

  it('a step gets the variables of its service as the service does, its own beside them, and its entry point', () => {
    const { result } = found({
      environment: { DB_PASSWORD: 'canary', MODE: 'a' },
      pre_start: [
        step({ entrypoint: ['/bin/sh', '-c'], environment: { DB_PASSWORD: 'canary', MODE: 'b', STEP: '1' } }),
      ],
    });
    const pod = JSON.stringify(objectOf(result, 'Deployment', 'web'));
    expect(pod).not.toContain('canary');
    expect(pod).toContain('"env":[{"name":"MODE","value":"b"},{"name":"STEP","value":"1"}]');
    expect(pod).toContain('"command":["/bin/sh","-c"],"args":["a"]');
  });

  it('names the variables that stay away', () => {
    const { result } = found({ models: { 'my-llm': { endpoint_var: 'AI' } } });
    const [first] = result.diagnostics.filter(({ code }) => code === 'CMP1220');
    expect(first?.message).toContain('AI and MY_LLM_MODEL');
  });

  it('a part of an image is mounted, read-only', () => {
    const { result } = found({
      volumes: [{ type: 'image', source: 'assets:1', target: '/a', image: { subpath: 'dist' } }],
    });
    const pod = JSON.stringify(objectOf(result, 'Deployment', 'web'));
    expect(pod).toContain('"image":{"reference":"assets:1"}');
    expect(pod).toContain('"mountPath":"/a","subPath":"dist","readOnly":true');
  });

  it('never asks for addresses of the machine', () => {
    const { result } = found({ ports: [{ target: 80, published: '80', host_ip: '192.0.2.1', protocol: 'tcp' }] });
    expect(JSON.stringify(result.objects)).not.toContain('externalIPs');
  });
});
