import { Inject, Injectable } from '@nestjs/common';
import { clusterOf, DomainError, failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';
import { withRequestContext, type RequestContext } from '@ushadow/observability';
import { CONFIG } from '@ushadow/service';
import type { NotifierConfig } from '../config.ts';
import { CallLimit } from './call-limit.ts';
import { checkSignature } from './check-signature.ts';
import { chooseImages, type Chosen } from './choose-images.ts';
import type { Hook } from './hook.ts';
import { HookVault, tokenDigest } from './hook-vault.ts';
import { HookStore, type HookPlace } from './hook.store.ts';
import { readPush } from './read-push.ts';

const operation = operations.callHook;
type Input = InputOf<typeof operation>;
type Output = OutputOf<typeof operation>;
const CALLS_PER_MINUTE = 30;
const RESULT_MAX = 300;

/** Somebody says that a new image is there. What comes of it is done, and audited, in the hook's name. */
@Injectable()
export class CallHook {
  private readonly limit = new CallLimit(CALLS_PER_MINUTE);

  constructor(
    private readonly store: HookStore,
    private readonly vault: HookVault,
    private readonly rpc: RpcCaller,
    @Inject(CONFIG) private readonly config: NotifierConfig,
  ) {}

  async run({ token, ...call }: Input, context: RequestContext): Promise<Output> {
    const hook = await this.store.withToken(tokenDigest(token));
    if (hook === undefined) throw refused();
    const body = Buffer.from(call.body, 'base64');
    const nonce = this.nonceOf(hook, { ...call, body });
    const seconds = this.limit.take(hook.id);
    if (seconds !== undefined)
      throw failure(
        operation,
        'TOO_MANY_REQUESTS',
        `More than ${String(CALLS_PER_MINUTE)} calls in a minute. Call again in ${String(seconds)} s.`,
        { details: { retry_after_seconds: seconds } },
      );
    if (nonce !== undefined && !(await this.store.take(hook.id, nonce)))
      throw failure(
        operation,
        'HOOK_REPLAYED',
        'This call came before, and counts once. A new one has another id, or another body.',
      );
    try {
      const done = await withRequestContext({ ...context, actor: `hook:${hook.name}` }, () => this.act(hook, body));
      await this.store.note(hook.id, done.message.slice(0, RESULT_MAX));
      return done;
    } catch (error) {
      if (nonce !== undefined) await this.store.giveBack(hook.id, nonce);
      const message = error instanceof DomainError ? error.message : 'It failed through a fault of ours.';
      await this.store.note(hook.id, message.slice(0, RESULT_MAX));
      throw error;
    }
  }

  /** Undefined where calls are not signed. */
  private nonceOf(
    { id, envelope }: { readonly id: string; readonly envelope: string | null },
    call: Parameters<typeof checkSignature>[0],
  ): string | undefined {
    if (envelope === null) return undefined;
    const check = checkSignature(call, this.vault.open(id, envelope));
    if (check.kind === 'wrong') throw refused();
    if (check.kind === 'too-old')
      throw failure(
        operation,
        'HOOK_TOO_OLD',
        'It was signed more than five minutes ago, or in the future: look at the clocks.',
      );
    return check.nonce;
  }

  private async act(hook: Hook, body: Buffer): Promise<Output> {
    const { stackId, services, anyRepository } = hook;
    const push = readPush(jsonOf(body));
    const nothing = (message: string): Output => ({
      ...{ stack_id: stackId, images: {}, deployment_id: null, link: null, message },
    });
    if (push.kind === 'invalid') throw failure(operation, 'HOOK_BODY_INVALID', `${push.message}.`);
    if (push.kind === 'ignored') return nothing(`Nothing is to be done: ${push.reason}.`);
    const stack = await this.rpc.call(operations.getStack, { stack_id: stackId });
    if (stack.services.length === 0)
      throw failure(
        operation,
        'HOOK_STACK_REMOVED',
        `${stack.project} in ${stack.namespace} was removed: there is nothing to update. Deploy it again, or revoke the hook.`,
      );
    const choice = chooseImages(push, stack.services, { services, anyRepository });
    if (choice.kind === 'refused') throw failure(operation, choice.code, choice.message);
    if (choice.kind === 'nothing') return nothing(choice.message);
    const { images, reason } = await this.pinned(stackId, choice);
    const names = Object.keys(images);
    if (names.length === 0) return nothing(`Nothing is to be done: ${reason ?? 'what is there runs already'}.`);
    const { deployment_id: id } = await this.rpc.call(operations.changeStack, {
      stack_id: stackId,
      change: { kind: 'update-image', images },
      message: names
        .map((name) => `${name}: ${images[name] ?? ''}`)
        .join(', ')
        .slice(0, RESULT_MAX),
    });
    await this.store.recordCall(hook, { images, deploymentId: id, place: placeOf(stack) });
    const message = `${names.join(', ')} of ${stack.project} ${names.length === 1 ? 'gets' : 'get'} the new image.`;
    return {
      stack_id: stackId,
      images,
      deployment_id: id,
      link: `${this.config.PUBLIC_URL}/deployments/${id}`,
      message,
    };
  }

  /** The registry says what a tag means now; where it is that already, nothing is found. */
  private async pinned(
    stackId: string,
    { images, tags }: Chosen,
  ): Promise<{ readonly images: Record<string, string>; readonly reason?: string }> {
    const services = Object.keys(tags);
    if (services.length === 0) return { images };
    const { images: found } = await this.rpc.call(operations.checkImages, { stack_id: stackId, services, tags });
    const newer = found.flatMap(({ service, found: image }) => (image === null ? [] : [[service, image] as const]));
    const reason = found.find(({ found: image }) => image === null)?.reason.replace(/\.$/, '');
    return { images: { ...images, ...Object.fromEntries(newer) }, ...(reason === undefined ? {} : { reason }) };
  }
}

function placeOf({ target, namespace, project }: OutputOf<typeof operations.getStack>): HookPlace {
  return { clusterId: clusterOf(target), namespace, project };
}

function refused(): DomainError {
  return failure(operation, 'HOOK_REFUSED', 'The token or the signature is not right.');
}

/** Undefined for what is no JSON. */
function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
