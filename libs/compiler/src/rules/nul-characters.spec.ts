import { describe, expect, it } from '@jest/globals';
import { codesOf, compileProject } from '../testing/compile-project.ts';

describe('a NUL character', () => {
  it('is refused at the variable that holds it, secret or not, and never shown', () => {
    const environment = { PLAIN: 'a\0b', DB_PASSWORD: 's3cret\0word', GOOD: 'a' };
    const result = compileProject({ services: { web: { environment } } });
    expect(result.ok).toBe(false);
    expect(codesOf(result)).toEqual([
      'CMP0453 /services/web/environment/DB_PASSWORD',
      'CMP0453 /services/web/environment/PLAIN',
    ]);
    expect(JSON.stringify(result.diagnostics)).not.toContain('s3cret');
  });

  it('is refused in what is started', () => {
    const result = compileProject({ services: { web: { command: ['a\0b'], entrypoint: ['x\0'] } } });
    expect(codesOf(result)).toEqual(['CMP0453 /services/web/command', 'CMP0453 /services/web/entrypoint']);
  });
});
