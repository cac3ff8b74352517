import { randomUUID } from 'node:crypto';
import { createClient, DomainError, followPorts, type Client, type Fetch, type FollowPorts } from '@ushadow/contracts';
import { UsageError, type ExitCode, type CommandContext } from '../command.ts';
import { sayFailure } from '../failure.ts';
import { describeError } from './describe-error.ts';
import { hintOf } from './hints.ts';

const DEFAULT_API = 'http://127.0.0.1:7400';

const platform = { AbortController, TextDecoder, setTimeout, clearTimeout };

export interface Gateway {
  readonly client: Client;
  /** Origin, without a trailing slash. */
  readonly baseUrl: string;
  /** Says who asks, where a token is given. */
  readonly headers: Readonly<Record<string, string>>;
  /** To follow what goes on. */
  readonly ports: FollowPorts;
}

/** Runs a command against the gateway; what the gateway refuses becomes a message and an exit code, `exitCodes` say others. */
export async function withGateway<Code extends number = ExitCode>(
  api: string | undefined,
  context: CommandContext,
  work: (gateway: Gateway) => Promise<Code>,
  exitCodes: Readonly<Record<string, Code>> = {},
): Promise<Code | ExitCode> {
  const gateway = openGateway(api, context);
  const { baseUrl } = gateway;
  try {
    return await work(gateway);
  } catch (error) {
    if (isInvalidAnswer(error)) {
      const code = 'ANSWER_NOT_UNDERSTOOD';
      const message = `${baseUrl} answers otherwise than this ushadow expects.`;
      const hint = 'Is it a gateway of the same version?';
      sayFailure(context, { code, message, hint }, `error ${code} ${message}\n  ${hint}\n`);
      return 1;
    }
    if (!(error instanceof DomainError)) throw error;
    const { code, kind, message, details, requestId: request_id } = error;
    sayFailure(
      context,
      { code, kind, message, details, hint: hintOf(code), request_id },
      describeError(error, baseUrl),
    );
    return exitCodes[error.code] ?? (error.kind === 'unavailable' ? 5 : 1);
  }
}

/** An answer that does not fit its contract. */
function isInvalidAnswer(error: unknown): boolean {
  return error instanceof Error && error.name === 'ZodError';
}

/** @param signal ends every request */
export function openGateway(
  api: string | undefined,
  { environment }: Pick<CommandContext, 'environment'>,
  signal?: AbortSignal,
): Gateway {
  const baseUrl = originOf(api ?? environment['USHADOW_API'] ?? DEFAULT_API);
  const nodeFetch: Fetch = (url, { method, headers, body }) =>
    fetch(url, { method, headers, body: body ?? null, signal: signal ?? null });
  const token = environment['USHADOW_TOKEN'] ?? '';
  const own = token === '' ? {} : { authorization: `Bearer ${token}` };
  const client = createClient({ baseUrl, fetch: nodeFetch, newKey: randomUUID, headers: own });
  const followed: typeof fetch = (url, init) =>
    fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), ...own } });
  return { client, baseUrl, headers: own, ports: followPorts(baseUrl, { ...platform, fetch: followed }) };
}

function originOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`The gateway's URL begins with http:// or https://, unlike ${text}.`);
  return text.replace(/\/+$/, '');
}
