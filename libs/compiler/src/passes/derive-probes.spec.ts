import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

const probes = (test: readonly string[], more: object = {}, defaults: object = {}) =>
  designProject({ services: { web: { expose: ['80'], healthcheck: { test, ...more } } } }, { target: { defaults } }).of(
    'web',
  ).probes;

describe('derive-probes', () => {
  it("M4: a health check is readiness with Docker's defaults; unhealthy containers are not restarted", () => {
    expect(probes(['CMD', 'true'])).toEqual({
      readiness: {
        handler: { kind: 'exec', command: ['true'] },
        initialDelay: undefined,
        period: 30,
        timeout: 30,
        failures: 3,
        path: '/services/web/healthcheck',
      },
    });
  });

  it('rounds fractions of a second up', () => {
    expect(probes(['CMD', 'true'], { interval: '1500ms', timeout: '200ms', retries: 7 }).readiness).toMatchObject({
      period: 2,
      timeout: 1,
      failures: 7,
    });
  });

  it('M4: liveness only when asked for, and then the start period is a start-up probe', () => {
    const all = probes(['CMD', 'true'], { interval: '10s', start_period: '1m' }, { liveness: true });
    expect(all.liveness).toMatchObject({ period: 10 });
    expect(all.startup).toMatchObject({ period: 5, failures: 18 });
  });

  it('NONE and disable give no probe', () => {
    expect(probes(['NONE'])).toEqual({});
    expect(probes(['CMD', 'true'], { disable: true })).toEqual({});
  });
});
