import { randomUUID } from 'node:crypto';
import { createClient, DomainError, type Client, type Fetch } from '@ushadow/contracts';
import { UsageError, type ExitCode, type CommandContext } from '../command.ts';
import { describeError } from './describe-error.ts';

const DEFAULT_API = 'http://127.0.0.1:7400';

export interface Gateway {
  readonly client: Client;
  /** Origin, without a trailing slash. */
  readonly baseUrl: string;
}

/** Runs a command against the gateway; what the gateway refuses becomes a message and an exit code, `exitCodes` say others. */
export async function withGateway<Code extends number = ExitCode>(
  api: string | undefined,
  context: CommandContext,
  work: (gateway: Gateway) => Promise<Code>,
  exitCodes: Readonly<Record<string, Code>> = {},
): Promise<Code | ExitCode> {
  const baseUrl = originOf(api ?? context.environment['USHADOW_API'] ?? DEFAULT_API);
  try {
    return await work({ client: createClient({ baseUrl, fetch: nodeFetch, newKey: randomUUID }), baseUrl });
  } catch (error) {
    if (isInvalidAnswer(error)) {
      context.printError(`error ANSWER_NOT_UNDERSTOOD ${baseUrl} answers otherwise than this ushadow expects.
  Is it a gateway of the same version?
`);
      return 1;
    }
    if (!(error instanceof DomainError)) throw error;
    context.printError(describeError(error, baseUrl));
    return exitCodes[error.code] ?? (error.kind === 'unavailable' ? 5 : 1);
  }
}

/** An answer that does not fit its contract. */
function isInvalidAnswer(error: unknown): boolean {
  return error instanceof Error && error.name === 'ZodError';
}

const nodeFetch: Fetch = (url, { method, headers, body }) => fetch(url, { method, headers, body: body ?? null });

function originOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`The gateway's URL begins with http:// or https://, unlike ${text}.`);
  return text.replace(/\/+$/, '');
}
