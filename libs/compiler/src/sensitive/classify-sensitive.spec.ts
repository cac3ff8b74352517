import { describe, expect, it } from '@jest/globals';
import type { ValueOrigin } from './classify-sensitive.ts';
import { classifySensitive } from './classify-sensitive.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly value: string | null;
  readonly secret: boolean;
  readonly origin?: ValueOrigin;
}

const ROWS: readonly Row[] = [
  { id: 'S1', name: 'OPENAI_API_KEY', value: 'sk-abc', secret: true },
  { id: 'S1', name: 'SECRET_KEY', value: 'x', secret: true },
  { id: 'S2', name: 'DB_PASSWORD', value: '1234', secret: true },
  { id: 'S2', name: 'SMTP_PASS', value: 'x', secret: true },
  { id: 'S2', name: 'PGPASSWORD', value: 'postgres', secret: true },
  { id: 'S3', name: 'HF_TOKEN', value: 'x', secret: true },
  { id: 'S4', name: 'GOOGLE_CREDENTIALS', value: '{"a":1}', secret: true },
  { id: 'S5', name: 'CREDENTIALS_FILE', value: 'x', secret: true },
  { id: 'S5', name: 'CREDENTIALS_FILE', value: '/run/secrets/google.json', secret: false },
  { id: 'S6', name: 'NEO4J_AUTH', value: 'neo4j/password', secret: true },
  { id: 'S7', name: 'DATABASE_URL', value: 'postgresql://u:p@h/d', secret: true },
  { id: 'S8', name: 'REDIS_URL', value: 'redis://:pw@h:6379/0', secret: true },
  { id: 'S9', name: 'DATABASE_URL', value: 'postgresql://h/d', secret: false },
  { id: 'S10', name: 'SENTRY_DSN', value: 'https://abc@host/1', secret: true },
  { id: 'S11', name: 'WEB', value: 'https://x/@scope', secret: false },
  { id: 'S12', name: 'KEYCLOAK_URL', value: 'http://keycloak:8080', secret: false },
  { id: 'S13', name: 'USE_KEYCLOAK', value: 'true', secret: false },
  { id: 'S14', name: 'MAX_TOKENS', value: '4096', secret: false },
  { id: 'S15', name: 'COMPASS_X', value: 'north', secret: false },
  { id: 'S15', name: 'BYPASS', value: 'local', secret: false },
  { id: 'S15', name: 'FTP_PASSIVE', value: 'auto', secret: false },
  { id: 'S16', name: 'PASSTHROUGH', value: 'all', secret: false },
  { id: 'S16', name: 'KEYBOARD', value: 'us', secret: false },
  { id: 'S16', name: 'KEYSPACE', value: 'main', secret: false },
  { id: 'S16', name: 'TOKENIZER_MODEL', value: 'bert', secret: false },
  { id: 'S17', name: 'MONKEY', value: 'see', secret: false },
  { id: 'S17', name: 'HF_TOKENIZER', value: 'bert', secret: false },
  { id: 'S18', name: 'MONGODB_AUTH_SOURCE', value: 'admin', secret: false },
  { id: 'S18', name: 'AUTH_METHOD', value: 'md5', secret: false },
  { id: 'S19', name: 'JWT', value: 'eyJhbGciOiJIUzI1NiJ9.e30.x', secret: true },
  { id: 'S19', name: 'SSH_PRIVATE', value: 'abc', secret: true },
  { id: 'S19', name: 'DB_PWD', value: 'abc', secret: true },
  { id: 'S19', name: 'SMTP_AUTH', value: 'dXNlcjpwYXNz', secret: true },
  { id: 'S20', name: 'PUBLIC_KEY', value: 'abc', secret: false },
  { id: 'S20', name: 'CACHE_KEY_PREFIX', value: 'abc', secret: false },
  { id: 'S21', name: 'API_KEY', value: null, secret: false },
  { id: 'S22', name: 'ANYTHING', value: 'hunter2', secret: true, origin: { variables: ['DB_PASSWORD'] } },
];

describe('classifySensitive', () => {
  it.each(ROWS)('$id: $name=$value is secret: $secret', ({ name, value, secret, origin }) => {
    expect(classifySensitive(name, value, origin).secret).toBe(secret);
  });

  it('lets a user decide either way', () => {
    expect(classifySensitive('DB_PASSWORD', 'x', { secret: false }).secret).toBe(false);
    expect(classifySensitive('COLOUR', 'blue', { secret: true }).secret).toBe(true);
  });

  it('spares durations, sizes and end points that only mention a sensitive word', () => {
    for (const [name, value] of [
      ['TOKEN_EXPIRE_MINUTES', '60'],
      ['JWT_EXPIRES_IN', '7d'],
      ['PASSWORD_MIN_LENGTH', '8'],
      ['TOKEN_URL', 'https://idp.example/token'],
      ['ENABLE_TOKEN', 'true'],
      ['TLS_KEY', '/certs/tls.key'],
      ['TOKEN_TTL', 'never'],
      ['MAX_TOKENS', 'auto'],
      ['DB_PASSWORD_FILE', 'secrets/db.txt'],
      ['PASSWORD_ENABLED', 'sometimes'],
      ['STRIPE_PUBLISHABLE_KEY', 'pk'],
      ['NEXT_PUBLIC_ANON_KEY', 'abc'],
      ['JWT_ALLOW_EMPTY', 'x'],
      ['PRIVATE_FILESYSTEM_DISK', 'local'],
      ['PWD', 'app'],
      ['REPOSITORY', 'ssh://git@github.com/a/b'],
      ['REGISTRY', 'https://npm.example/@scope'],
    ] as const) {
      expect([name, classifySensitive(name, value).secret]).toEqual([name, false]);
    }
  });

  it('finds secrets by value under harmless names', () => {
    for (const value of [
      'Server=db;User=sa;Password=Str0ng!;',
      '-----BEGIN RSA PRIVATE KEY-----\nabc',
      'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
      '3f9a1c7be4d205867f1e0a9bc3d4e5f6a7b8c9d0',
      'user:pw@tcp(db:3306)/shop',
      'admin:$apr1$xyz$abcdefgh',
      '$2a$14$1l.IozJx7xQRVmlkEQ32Oe',
      'https://hooks.slack.com/services/T0/B0/x',
      'https://discord.com/api/webhooks/1/abc',
      'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc==',
    ]) {
      expect(classifySensitive('SETTING', value).secret).toBe(true);
    }
  });

  it('finds what is called a salt, a pepper, or an encryption key, whatever its value', () => {
    for (const name of [
      'SALT',
      'ENCRYPTION_SALT',
      'PASSWORD_PEPPER',
      'N8N_ENCRYPTION_KEY',
      'SECRET_KEY_BASE',
      'APPKEY',
    ])
      expect([name, classifySensitive(name, 'abc').secret]).toEqual([name, true]);
    expect(classifySensitive('RELEASE_COOKIE', 'abc').secret).toBe(true);
  });

  it('tells where only the credentials of an address are secret', () => {
    const partly = (name: string, value: string): boolean => classifySensitive(name, value).partly === true;
    expect(partly('DATABASE_URL', 'postgres://u:p@db:5432/x')).toBe(true);
    expect(partly('DSN', 'Server=db;Password=x')).toBe(true);
    expect(partly('REDIS_AUTH_URL', 'redis://:p@cache:6379')).toBe(true);
    expect(partly('DB_PASSWORD', 'x://a@web:99')).toBe(false);
    expect(partly('HOOK', 'https://hooks.slack.com/services/T0/B0/x')).toBe(false);
    expect(partly('DATABASE_URL', 'postgres://db:5432/x')).toBe(false);
  });

  it('gives a reason that never contains the value', () => {
    expect(classifySensitive('DB_PASSWORD', 'hunter2').reason).toBe('the name contains PASSWORD');
    expect(classifySensitive('URL', 'http://u:hunter2@h').reason).not.toContain('hunter2');
  });
});
