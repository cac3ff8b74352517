import { Injectable } from '@nestjs/common';
import { AddressPolicy, OutboundError, reachHost, reachUrl } from '@ushadow/outbound';
import type { WholeChannel } from './read-channel.ts';

/** Says before anything is stored that a receiver is never contacted. It is judged again with every connection. */
@Injectable()
export class CheckReceiver {
  constructor(private readonly policy: AddressPolicy) {}

  /** Why not, in words; undefined where it may be contacted. */
  async problemOf({ content, secrets }: WholeChannel): Promise<string | undefined> {
    const { smtp, allowPlaintext } = content;
    try {
      if (smtp !== null) await reachHost(smtp, this.policy);
      else await reachUrl({ url: secrets.url ?? '', allowPlaintext }, this.policy);
      return undefined;
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      const advice = error.reason === 'plaintext' ? ', or allow it without TLS (allow_plaintext)' : '';
      return `The receiver cannot be used: ${error.message}${advice}.`;
    }
  }
}
