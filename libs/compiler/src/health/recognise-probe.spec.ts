import { describe, expect, it } from '@jest/globals';
import type { HealthCheck } from '../model/health.ts';
import type { ProbeHandler } from './probe-handler.ts';
import { recogniseProbe as recognise } from './recognise-probe.ts';

const times = {
  interval: undefined,
  timeout: undefined,
  retries: undefined,
  startPeriod: undefined,
  startInterval: undefined,
  path: '',
};
const shell = (line: string): HealthCheck => ({ kind: 'shell', command: [line], ...times });
const exec = (...command: string[]): HealthCheck => ({ kind: 'exec', command, ...times });

const open = { names: new Set(['web', 'my.web']), isOpen: (port: number) => port !== 2019 };
const recogniseProbe = (health: HealthCheck): ProbeHandler => recognise(health, open);

const brief = (handler: ProbeHandler): string => {
  if (handler.kind === 'http') return `${handler.scheme} ${handler.headers[0]?.value} ${handler.port} ${handler.path}`;
  return handler.kind === 'exec' ? `exec ${handler.command.join(' | ')}` : `${handler.kind} ${handler.port}`;
};

describe('recogniseProbe', () => {
  it.each([
    ['curl -f http://localhost', 'HTTP localhost 80 /'],
    ['curl -fsS http://127.0.0.1:8080/health || exit 1', 'HTTP 127.0.0.1:8080 8080 /health'],
    ['curl --fail --silent http://localhost:3000/a?b=1 > /dev/null 2>&1', 'HTTP localhost:3000 3000 /a?b=1'],
    ['curl -f -k https://localhost/up', 'HTTPS localhost 443 /up'],
    ['wget -q --spider http://localhost:80/', 'HTTP localhost:80 80 /'],
    ['wget --no-verbose --tries=1 --spider localhost:9000', 'HTTP localhost:9000 9000 /'],
    ['wget -qO- "http://localhost/x"', 'HTTP localhost 80 /x'],
    ['nc -z localhost 5432', 'tcp 5432'],
    ['nc -zv 127.0.0.1 80 || exit 1', 'tcp 80'],
    ['curl -f http://web:8080/up', 'HTTP web:8080 8080 /up'],
    ['curl -f http://MY.web/', 'HTTP MY.web 80 /'],
    ['wget -q --spider http://web:2019', 'HTTP web:2019 2019 /'],
    ['curl -f http://[::1]:3000/', 'HTTP [::1]:3000 3000 /'],
    ['nc -z web 5432', 'tcp 5432'],
  ])('native: %s', (line, expected) => {
    expect(brief(recogniseProbe(shell(line)))).toBe(expected);
  });

  it.each([
    'curl http://localhost',
    'curl -f http://localhost | grep ok',
    'curl -f -X POST http://localhost',
    'curl -f -H "A: b" http://localhost',
    'curl -f http://other:80',
    'curl -f http://localhost:$PORT/',
    'curl -f http://localhost && test -f /x',
    'wget -q --post-data=x http://localhost',
    'nc localhost 80',
    'curl -f http://localhost:2019/config/',
    'wget -q --spider http://127.0.0.1:2019',
    'wget -q --spider "http://[::1]:2019/"',
    'nc -z localhost 2019',
    'grpc_health_probe -addr=:2019',
    'curl -f http://localhost:99999/',
    'pg_isready -U "$USER"',
  ])('stays a command: %s', (line) => {
    expect(brief(recogniseProbe(shell(line)))).toBe(`exec /bin/sh | -c | ${line}`);
  });

  it('reads lists, also those that start a shell themselves', () => {
    expect(brief(recogniseProbe(exec('curl', '-f', 'http://localhost/')))).toBe('HTTP localhost 80 /');
    expect(brief(recogniseProbe(exec('sh', '-c', 'curl -f http://localhost/')))).toBe('HTTP localhost 80 /');
    expect(brief(recogniseProbe(exec('grpc_health_probe', '-addr=localhost:50051')))).toBe('grpc 50051');
    expect(brief(recogniseProbe(exec('redis-cli', 'ping')))).toBe('exec redis-cli | ping');
  });
});
