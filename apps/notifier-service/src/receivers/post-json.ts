import { OutboundError, sendRequest, type AddressPolicy, type OutboundAnswer } from '@ushadow/outbound';
import type { OpenChannel } from '../channels/channel.ts';
import type { Outcome } from '../deliveries/delivery.ts';
import { shownAnswer } from './shown-answer.ts';

export interface How {
  readonly policy: AddressPolicy;
  readonly timeoutMs: number;
}

const ANSWER_MAX_BYTES = 4_096;
const GONE = 410;

/** Any 2xx is a yes. */
export async function postJson(
  { secrets, allowPlaintext }: OpenChannel,
  body: string,
  headers: Readonly<Record<string, string>>,
  { policy, timeoutMs }: How,
): Promise<Omit<Outcome, 'milliseconds'>> {
  try {
    const answer = await sendRequest(
      {
        method: 'POST',
        url: secrets.url ?? '',
        headers: { 'content-type': 'application/json', 'user-agent': 'Ushadow', ...headers },
        body,
        ...{ timeoutMs, answerMaxBytes: ANSWER_MAX_BYTES, beyond: 'cut', allowPlaintext },
      },
      { policy },
    );
    return judged(answer, shownAnswer(answer.body, secrets));
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return { ok: false, status: null, message: error.message, answer: null };
  }
}

function judged({ status, headers }: OutboundAnswer, answer: string): Omit<Outcome, 'milliseconds'> {
  const asked = retryAfterMs(headers['retry-after']);
  return {
    ok: status >= 200 && status < 300,
    status,
    message: wordsFor(status),
    answer,
    ...(status === GONE ? { isGone: true } : {}),
    ...(asked !== undefined && asked > 0 ? { retryAfterMs: asked } : {}),
  };
}

/** Seconds, or a date of HTTP. */
function retryAfterMs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(text.trim()) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? ms : undefined;
}

function wordsFor(status: number): string {
  if (status >= 300 && status < 400) return `it answered with a redirect (${String(status)}), which is not followed`;
  return `it answered ${String(status)}`;
}
