import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from './check-task.ts';

const COMPOSE = `# documentation: https://docs.example.org
# port: 3000

services:
  web:
    image: team/web:1
    environment:
      - SERVICE_URL_WEB_3000
      - PASSWORD=\${SERVICE_PASSWORD_WEB}
      - OWNER=\${OWNER:?who owns it}
    volumes:
      - data:/data
    cpu_percent: 5
`;
const check = (files: Readonly<Record<string, string>>, name = 'Notes & more') =>
  checkTemplate({ input: { name, files }, policy: { hostPaths: [], podSecurity: 'privileged' }, now: 0 });

describe('a template that is checked', () => {
  it('says what it needs, what is generated, and what Kubernetes makes of it', () => {
    const {
      needs,
      generated,
      objects,
      volumes,
      services,
      public: addresses,
      findings,
    } = check({ 'notes.yaml': COMPOSE });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(needs).toEqual([{ name: 'OWNER', required: true, message: 'who owns it', file: 'notes.yaml', line: 10 }]);
    expect(generated).toEqual(['SERVICE_PASSWORD_WEB']);
    expect(services).toEqual(['web']);
    expect(addresses).toEqual([{ service: 'web', port: 3000, path: null }]);
    expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Ingress', 'Secret', 'Service']));
    expect(volumes).toEqual([{ name: expect.stringContaining('data'), size: expect.stringMatching(/^\d+Gi$/) }]);
  });

  it('with a path that is to be taken off says what an Ingress makes of it', () => {
    const { findings, objects } = check({
      'two.yaml': COMPOSE.replace('SERVICE_URL_WEB_3000', 'SERVICE_URL_WEB_3000=/x'),
    });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(findings.map(({ code }) => code)).toContain('CMP1473');
    expect(objects.map(({ kind }) => kind)).toContain('Ingress');
  });

  it('may have its settings as YAML', () => {
    const { findings, public: addresses } = check({
      'compose.yml': 'services: {web: {image: a, cpu_percent: 5}}',
      'template.yml': 'config: {domains: [{serviceName: web, port: 80}]}',
    });
    expect(addresses).toEqual([{ service: 'web', port: 80, path: null }]);
    expect(findings.map(({ file }) => file)).toContain('compose.yml');
  });

  it('names lines of its own files in what was found', () => {
    const found = check({ 'notes.yaml': COMPOSE }).findings.filter(({ line }) => line === 13);
    expect(found).toMatchObject([{ file: 'notes.yaml' }]);
    const { findings, objects } = check({
      'docker-compose.yml': 'services: {web: {image: a}}',
      'template.toml': '[variables]\na = "${unknown}"\n\n[config.env]\nA = "${a}"\nB = [',
    });
    expect(findings).toMatchObject([{ severity: 'error', file: 'template.toml' }]);
    expect(objects).toEqual([]);
  });
});
