import { DomainError } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { currentErrors, withoutErrorsOf, type OperationError } from './current-errors.ts';

const at = Date.parse('2026-01-01T12:00:00Z');
const refused = (service: string, code = 'NOT_SCALABLE'): OperationError => ({
  service,
  error: new DomainError(code, 'conflict', 'no'),
  at,
});
const deployment = (status: 'succeeded' | 'failed' | 'deploying', time: string) =>
  ({ status, at: time }) as NonNullable<Parameters<typeof currentErrors>[1]['deployment']>;
const stack = (service: ReturnType<typeof deployment> | null, whole: ReturnType<typeof deployment> | null = null) => ({
  deployment: whole,
  services: [{ service: 'web', deployment: service }],
});

describe('currentErrors', () => {
  it('keeps an error while nothing has succeeded since', () => {
    expect(currentErrors([refused('web')], stack(null))).toHaveLength(1);
    expect(currentErrors([refused('web')], stack(deployment('succeeded', '2026-01-01T11:59:59Z')))).toHaveLength(1);
    expect(currentErrors([refused('web')], stack(deployment('failed', '2026-01-01T12:00:05Z')))).toHaveLength(1);
  });

  it('drops it once the service was brought to what is wanted', () => {
    expect(currentErrors([refused('web')], stack(deployment('succeeded', '2026-01-01T12:00:05Z')))).toEqual([]);
  });

  it('drops that something is in the way once that has ended', () => {
    const error = refused('web', 'DEPLOYMENT_IN_PROGRESS');
    expect(currentErrors([error], stack(null, deployment('deploying', '2026-01-01T12:00:00Z')))).toHaveLength(1);
    expect(currentErrors([error], stack(null, deployment('failed', '2026-01-01T12:00:00Z')))).toEqual([]);
  });
});

describe('withoutErrorsOf', () => {
  it('forgets what was said about that service, and not about others', () => {
    expect(withoutErrorsOf([refused('web'), refused('db')], 'web')).toMatchObject([{ service: 'db' }]);
  });
});
