import { own, urlOf } from '@ushadow/kubernetes';
import type { HealthCheck } from '../model/health.ts';
import { hasPlaceholder } from '../sensitive/secret-placeholders.ts';
import type { ProbeHandler } from './probe-handler.ts';
import { simpleCommand } from './shell-words.ts';

/** What a native probe, which comes from outside of the container, can reach. */
export interface Surroundings {
  /** Names that lead to the container itself, in lower case. */
  readonly names: ReadonlySet<string>;
  /** Whether something listens on the port for more than the container itself. */
  readonly isOpen: (port: number) => boolean;
}

/** A question that Kubernetes could ask by itself, and whom the command asks it. */
interface Question {
  readonly host: string;
  readonly handler: NativeHandler;
}

type NativeHandler = Exclude<ProbeHandler, { readonly kind: 'exec' }>;

/**
 * The probe that asks what this health check asks, natively where the command is nothing but such a question and the
 * answer can be had from outside: what listens on loopback alone answers the command only.
 */
export function recogniseProbe(health: HealthCheck, surroundings: Surroundings): ProbeHandler {
  const line = health.kind === 'shell' ? (health.command[0] ?? '') : undefined;
  const words = line === undefined ? unwrapShell(health.command) : simpleCommand(line);
  const question = words === undefined ? shellQuestion(line ?? '') : questionOf(words);
  // A secret would stand in the open there; a shell can read it from a variable.
  const isOpen = !health.command.some(hasPlaceholder);
  if (isOpen && question !== undefined && isAnswered(question, surroundings)) return question.handler;
  return { kind: 'exec', command: line === undefined ? health.command : ['/bin/sh', '-c', line] };
}

function isAnswered({ host, handler }: Question, { names, isOpen }: Surroundings): boolean {
  return LOOPBACK.test(host) ? isOpen(handler.port) : names.has(host.toLowerCase());
}

const LOOPBACK = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|0\.0\.0\.0|\[?::1?\]?)$/i;

/** `["sh", "-c", "curl …"]` is judged by its line. */
function unwrapShell(command: readonly string[]): readonly string[] | undefined {
  return isShell(command) ? simpleCommand(command[2] ?? '') : command;
}

/** `sh -c LINE`. */
export function isShell(command: readonly string[]): boolean {
  const [shell = '', flag] = command;
  return command.length === 3 && flag === '-c' && /^(\/(usr\/)?bin\/)?(ba|da)?sh$/.test(shell);
}

function shellQuestion(line: string): Question | undefined {
  const match =
    /^(?:timeout\s+\d+\s+)?(?:bash\s+-c\s+)?["']?:?\s*(?:echo\s+)?<?>\s*\/dev\/tcp\/([\w.:-]+)\/(\d{1,5})["']?(?:\s*\|\|\s*exit 1)?$/.exec(
      line.trim(),
    );
  const [, host = '', port] = match ?? [];
  return match === null || !isPort(Number(port)) ? undefined : { host, handler: { kind: 'tcp', port: Number(port) } };
}

const isPort = (port: number): boolean => port >= 1 && port <= 65_535;

function questionOf(words: readonly string[]): Question | undefined {
  const program = (words[0] ?? '').replace(/^.*\//, '');
  return own(RECOGNISERS, program)?.(words.slice(1));
}

type Recogniser = (args: readonly string[]) => Question | undefined;

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

function httpProbe(args: readonly string[], client: HttpClient): Question | undefined {
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
  return urls.length === 1 && client.fails(seen) ? urlQuestion(urls[0] ?? '') : undefined;
}

function urlQuestion(url: string): Question | undefined {
  // Both clients ask by HTTP where there is no scheme.
  const text = url.includes('://') ? url : `http://${url}`;
  const found = urlOf(text);
  const [address] = found?.addresses ?? [];
  if (found === undefined || address === undefined || found.userInfo !== '' || !/^https?$/.test(found.scheme)) {
    return undefined;
  }
  const { host, port = found.scheme === 'https' ? 443 : 80 } = address;
  const authority = address.port === undefined ? host : `${host}:${String(address.port)}`;
  const path = text.slice(found.hostsAt.end) || '/';
  // Several hosts, and what stands around one in prose, are no question to a server.
  if (text.slice(found.hostsAt.start, found.hostsAt.end) !== authority || !/^\/[^#]*$/.test(path)) return undefined;
  // The kubelet would send the pod's address; servers that check the Host header expect what the command sent.
  const headers = [{ name: 'Host', value: authority }];
  const scheme = found.scheme === 'https' ? 'HTTPS' : 'HTTP';
  return { host, handler: { kind: 'http', scheme, host, port, path, headers } };
}

function tcpProbe(args: readonly string[]): Question | undefined {
  const flags = args.filter((arg) => arg.startsWith('-'));
  const [host = '', digits = ''] = args.filter((arg) => !arg.startsWith('-'));
  const scansOnly =
    flags.length > 0 &&
    flags.every((flag) => /^-[vzw\d]*z?[vzw\d]*$/.test(flag)) &&
    flags.some((flag) => flag.includes('z'));
  const port = Number(digits);
  if (!scansOnly || args.length - flags.length !== 2 || !/^\d{1,5}$/.test(digits) || !isPort(port)) return undefined;
  return { host, handler: { kind: 'tcp', port } };
}

function grpcProbe(args: readonly string[]): Question | undefined {
  const match = /^-{1,2}addr[= ](\[::1?\]|[\w.-]*):(\d{1,5})(?: -{1,2}service[= ](\S+))?$/.exec(args.join(' '));
  const [, host = '', digits, service] = match ?? [];
  const port = Number(digits);
  if (match === null || !isPort(port)) return undefined;
  return { host: host === '' ? 'localhost' : host, handler: { kind: 'grpc', port, service } };
}
