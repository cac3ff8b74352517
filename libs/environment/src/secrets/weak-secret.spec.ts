import { describe, expect, it } from '@jest/globals';
import { weakSecret } from './weak-secret.ts';

describe('weakSecret', () => {
  it.each([
    ['DB_PASSWORD', 'changeme', 'placeholder'],
    ['DB_PASSWORD', 'CHANGE_ME_PLEASE', 'placeholder'],
    ['DB_PASSWORD', 'your-secret-key', 'placeholder'],
    ['API_KEY', 'your_api_key_here', 'placeholder'],
    ['API_KEY', '<put it in>', 'placeholder'],
    ['API_KEY', 'xxxx', 'placeholder'],
    ['SECRET_KEY', 'insecure-dev-key-5f2a9b', 'placeholder'],
    ['JWT_SECRET', 'my-super-secret', 'placeholder'],
    ['POSTGRES_PASSWORD', 'password', 'well-known'],
    ['POSTGRES_PASSWORD', 'Password123!', 'well-known'],
    ['POSTGRES_PASSWORD', 'postgres', 'well-known'],
    ['ADMIN_PASSWORD', 'admin', 'well-known'],
    ['ROOT_PASSWORD', 'root', 'well-known'],
    ['PASSWORD', 'test', 'well-known'],
    ['PASSWORD', 'example', 'placeholder'],
    ['TOKEN', 'secret', 'well-known'],
    ['TOKEN', '00000000000000000000000000000000', 'one character'],
    ['TOKEN', '123456', 'sequence'],
    ['TOKEN', '12345678901', 'sequence'],
    ['TOKEN', 'abcdefgh', 'sequence'],
    ['TOKEN', 'abcabcabc', 'repeats'],
    ['TOKEN', 'k7#pQ2', 'fewer than 8'],
    ['DB_PASSWORD', 'db-password', 'name of the variable'],
    ['TOKEN', '', 'empty'],
    ['DATABASE_URL', 'postgres://app:postgres@db:5432/app', 'the password in it: it is a well-known word'],
  ])('%s=%s: %s', (name, value, reason) => {
    expect(weakSecret(name, value)).toContain(reason);
  });

  it.each([
    ['DB_PASSWORD', 'hG4kTz91LmQe7Vb2'],
    ['API_KEY', 'sk-proj-4f9a2b7c1d8e'],
    ['DATABASE_URL', 'postgres://app:hG4kTz91LmQe@db:5432/app'],
    ['DATABASE_URL', 'postgres://db:5432/app'],
    ['ENCRYPTION_KEY', 'Zm9vYmFyYmF6cXV4LW5vdC1hLXdvcmQ='],
  ])('has nothing against %s=%s', (name, value) => {
    expect(weakSecret(name, value)).toBeUndefined();
  });

  it('never repeats the value', () => {
    for (const value of ['changeme', 'hunter2', 'k7#pQ2']) expect(weakSecret('A', value)).not.toContain(value);
  });
});
