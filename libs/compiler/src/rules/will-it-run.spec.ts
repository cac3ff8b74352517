import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ComposeService } from '@ushadow/compose';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';

interface Argv {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}
const compiled = (service: Partial<ComposeService>) => {
  const result = compileProject({ services: { web: service } });
  const spec = objectOf(result, 'Deployment', 'web')?.['spec'] as unknown as {
    readonly template: { readonly spec: { readonly containers: readonly [Argv] } };
  };
  return { result, argv: spec.template.spec.containers[0], codes: codesOf(result) };
};

describe('commands that are taken away', () => {
  it.each([
    [{ entrypoint: [] }, ['CMP0504 /services/web/entrypoint']],
    [{ entrypoint: [''] }, ['CMP0504 /services/web/entrypoint']],
    [{ entrypoint: [], command: [] }, ['CMP0504 /services/web/entrypoint']],
    [{ command: [] }, ['CMP0504 /services/web/command']],
    [{ entrypoint: [''], command: ['a', 'b'] }, []],
    [{ entrypoint: ['a'], command: [] }, []],
  ])('%j', (service, codes) => {
    expect(compiled(service).codes).toEqual(codes);
  });

  it('what runs is what Compose runs, or it is said', () => {
    const words = fc.option(fc.array(fc.constantFrom('', 'a', 'b'), { maxLength: 2 }), { nil: null });
    fc.assert(
      fc.property(words, words, (entrypoint, command) => {
        const { argv, codes } = compiled({ entrypoint, command });
        if (codes.length > 0) return;
        const cleared = entrypoint !== null && entrypoint.join('') === '' && entrypoint.length < 2;
        const own = cleared ? [] : (entrypoint ?? ['<image>']);
        const rest = command ?? (entrypoint === null ? ['<default>'] : []);
        const seen = [...(argv.command ?? ['<image>']), ...(argv.args ?? (argv.command ? [] : ['<default>']))];
        expect(seen).toEqual([...own, ...rest]);
      }),
    );
  });
});

describe('what will not run everywhere', () => {
  it.each([
    [{ pull_policy: 'never' }, 'CMP0204 /services/web/pull_policy'],
    [{ pull_policy: 'build', build: { context: '.' } }, 'CMP0205 /services/web/pull_policy'],
    [{ runtime: 'nvidia' }, 'CMP0816 /services/web/runtime'],
    [{ platform: 'linux/arm64' }, 'CMP0816 /services/web/platform'],
    [{ security_opt: ['apparmor=mine'] }, 'CMP0816 /services/web/security_opt/0'],
  ])('%j is a warning', (service, code) => {
    const { result, codes } = compiled(service);
    expect(codes).toContain(code);
    expect(result.diagnostics.find((found) => `${found.code} ${found.path}` === code)?.severity).toBe('warning');
  });

  it.each([
    { pull_policy: 'daily' },
    { runtime: 'runc' },
    { platform: 'linux/amd64' },
    { security_opt: ['apparmor=unconfined'] },
  ])('%j is none', (service) => {
    expect(compiled(service).codes.filter((code) => /^CMP(020|0816)/.test(code))).toEqual([]);
  });
});

describe('a service of a provider', () => {
  it('is left out with a warning, and the rest goes on', () => {
    const depends_on = { db: { condition: 'service_healthy' as const, required: true } };
    const result = compileProject({
      services: { db: { image: '', provider: { type: 'cloud' } }, app: { depends_on } },
    });
    expect(result.ok).toBe(true);
    expect(result.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
      'Service/app',
      'Deployment/app',
    ]);
    expect(codesOf(result)).toEqual(['CMP1001 /services/db/provider']);
  });
});
