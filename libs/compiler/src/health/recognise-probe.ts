import { own } from '../text/own.ts';
import type { HealthCheck } from '../model/health.ts';
import type { ProbeHandler } from './probe-handler.ts';
import { simpleCommand } from './shell-words.ts';

/** The probe that asks what this health check asks, natively where the command is nothing but such a question. */
export function recogniseProbe(health: HealthCheck): ProbeHandler {
  const line = health.kind === 'shell' ? (health.command[0] ?? '') : undefined;
  const words = line === undefined ? unwrapShell(health.command) : simpleCommand(line);
  const native = words === undefined ? nativeShell(line ?? '') : nativeProbe(words);
  if (native !== undefined) return native;
  return { kind: 'exec', command: line === undefined ? health.command : ['/bin/sh', '-c', line] };
}

/** `["sh", "-c", "curl …"]` is judged by its line. */
function unwrapShell(command: readonly string[]): readonly string[] | undefined {
  const [shell = '', flag, line] = command;
  if (command.length !== 3 || flag !== '-c' || !/^(\/(usr\/)?bin\/)?(ba|da)?sh$/.test(shell)) return command;
  return simpleCommand(line ?? '');
}

function nativeShell(line: string): ProbeHandler | undefined {
  const match =
    /^(?:timeout\s+\d+\s+)?(?:bash\s+-c\s+)?["']?:?\s*(?:echo\s+)?<?>\s*\/dev\/tcp\/(?:localhost|127\.0\.0\.1)\/(\d+)["']?(?:\s*\|\|\s*exit 1)?$/.exec(
      line.trim(),
    );
  return match === null ? undefined : { kind: 'tcp', port: Number(match[1]) };
}

function nativeProbe(words: readonly string[]): ProbeHandler | undefined {
  const program = (words[0] ?? '').replace(/^.*\//, '');
  return own(RECOGNISERS, program)?.(words.slice(1));
}

type Recogniser = (args: readonly string[]) => ProbeHandler | undefined;

const RECOGNISERS: Readonly<Record<string, Recogniser>> = {
  curl: (args) =>
    httpProbe(args, { flags: CURL_FLAGS, valued: CURL_VALUED, fails: (seen) => seen.has('-f') || seen.has('--fail') }),
  wget: (args) => httpProbe(args, { flags: WGET_FLAGS, valued: WGET_VALUED, fails: () => true }),
  nc: (args) => tcpProbe(args),
  grpc_health_probe: (args) => grpcProbe(args),
};

const CURL_FLAGS = new Set([
  '-f',
  '--fail',
  '-s',
  '--silent',
  '-S',
  '--show-error',
  '-k',
  '--insecure',
  '-L',
  '--location',
  '-I',
  '--head',
  '-4',
  '--ipv4',
]);
const CURL_VALUED = new Set(['-o', '--output', '-m', '--max-time', '--connect-timeout']);
const WGET_FLAGS = new Set([
  '-q',
  '--quiet',
  '--spider',
  '-S',
  '--server-response',
  '--no-verbose',
  '-nv',
  '--no-check-certificate',
  '-O-',
  '-qO-',
  '-4',
]);
const WGET_VALUED = new Set(['-O', '-qO', '-T', '-t', '--timeout', '--tries']);

interface HttpClient {
  readonly flags: ReadonlySet<string>;
  readonly valued: ReadonlySet<string>;
  /** Whether the command reports an HTTP error as a failure at all. */
  readonly fails: (seen: ReadonlySet<string>) => boolean;
}

function httpProbe(args: readonly string[], client: HttpClient): ProbeHandler | undefined {
  const seen = new Set<string>();
  const urls: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const [name = '', inline] = arg.startsWith('--') ? arg.split('=', 2) : [arg];
    if (client.valued.has(name)) i += inline === undefined ? 1 : 0;
    else if (client.flags.has(arg)) seen.add(arg);
    else if (/^-[a-zA-Z]{2,}$/.test(arg) && [...arg.slice(1)].every((letter) => client.flags.has(`-${letter}`))) {
      for (const letter of arg.slice(1)) seen.add(`-${letter}`);
    } else if (arg.startsWith('-')) return undefined;
    else urls.push(arg);
  }
  return urls.length === 1 && client.fails(seen) ? localUrl(urls[0] ?? '') : undefined;
}

function localUrl(url: string): ProbeHandler | undefined {
  const match = /^(?:(https?):\/\/)?(localhost|127\.0\.0\.1)(?::(\d{1,5}))?(\/[^\s#]*)?$/.exec(url);
  if (match === null) return undefined;
  const [, scheme = 'http', host = 'localhost', digits, path = '/'] = match;
  const port = Number(digits ?? (scheme === 'https' ? 443 : 80));
  if (port < 1 || port > 65_535) return undefined;
  const authority = digits === undefined ? host : `${host}:${digits}`;
  // The kubelet would send the pod's address; servers that check the Host header expect what the command sent.
  return {
    kind: 'http',
    scheme: scheme === 'https' ? 'HTTPS' : 'HTTP',
    host,
    port,
    path,
    headers: [{ name: 'Host', value: authority }],
  };
}

function tcpProbe(args: readonly string[]): ProbeHandler | undefined {
  const flags = args.filter((arg) => arg.startsWith('-'));
  const [host = '', port = ''] = args.filter((arg) => !arg.startsWith('-'));
  const scansOnly =
    flags.length > 0 &&
    flags.every((flag) => /^-[vzw\d]*z?[vzw\d]*$/.test(flag)) &&
    flags.some((flag) => flag.includes('z'));
  if (
    !scansOnly ||
    args.length - flags.length !== 2 ||
    !/^(localhost|127\.0\.0\.1)$/.test(host) ||
    !/^\d{1,5}$/.test(port)
  )
    return undefined;
  return { kind: 'tcp', port: Number(port) };
}

function grpcProbe(args: readonly string[]): ProbeHandler | undefined {
  const text = args.join(' ');
  const match = /^-{1,2}addr[= ](?:localhost|127\.0\.0\.1)?:(\d{1,5})(?: -{1,2}service[= ](\S+))?$/.exec(text);
  return match === null ? undefined : { kind: 'grpc', port: Number(match[1]), service: match[2] };
}
