import { describe, expect, it } from '@jest/globals';
import { compileProject } from '../testing/compile-project.ts';

const namesOf = (project: Parameters<typeof compileProject>[0], kind: string, rest = {}): readonly string[] =>
  compileProject(project, rest)
    .objects.filter((object) => object.kind === kind)
    .map(({ metadata }) => metadata.name);

describe('name-objects', () => {
  const volume = (source: string) => ({ type: 'volume' as const, source, target: `/${source}` });
  const bind = (source: string) => ({ type: 'bind' as const, source, target: source });

  it('a folder gives way to the volume whose name it would have', () => {
    const project = {
      services: { app: { volumes: [volume('host-data'), bind('/srv/x')] } },
      volumes: { 'host-data': { name: 'demo_host-data' }, 'host-srv-x': { name: 'demo_host-srv-x' } },
    };
    expect(namesOf(project, 'PersistentVolumeClaim')).toHaveLength(2);
  });

  it('a claim that is there is nobody else’s, whatever it is called', () => {
    const project = {
      services: { app: { volumes: [volume('data'), volume('logs')] } },
      volumes: { data: { name: 'demo_data' }, logs: { name: 'demo_logs' } },
    };
    const { claims } = compileProject(project, { claims: { logs: 'demo-data' } });
    expect(claims['logs']).toBe('demo-data');
    expect(claims['data']).toMatch(/^demo-data-[-a-z]*[0-9a-f]{8}$/);
  });

  it('variables of a service keep their name, and a config of the project gives way', () => {
    const project = {
      name: 'web',
      services: { web: { environment: { A: '1' }, configs: [{ source: 'config' }] } },
      configs: { config: { name: 'web_config', content: 'x' } },
    };
    const [first, second] = namesOf(project, 'ConfigMap');
    expect(first).toBe('web-config');
    expect(second).toMatch(/^web-config-config-config-[0-9a-f]{8}$/);
  });

  it('what is in the cluster already is not written over', () => {
    const project = {
      services: { web: { environment: { A: '1' }, configs: [{ source: 'theirs' }] } },
      configs: { theirs: { name: 'web-config', external: true } },
    };
    expect(namesOf(project, 'ConfigMap')).toEqual([expect.stringMatching(/^web-config-service-web-0-[0-9a-f]{8}$/)]);
  });

  it('names with dots that the file gives are kept', () => {
    const project = {
      services: { web: { configs: [{ source: 'a' }] } },
      configs: { a: { name: 'app.conf', content: 'x' } },
    };
    expect(namesOf(project, 'ConfigMap')).toEqual(['app.conf']);
  });
});
