import { openEnvelope, sealEnvelope, type Binding, type KeyEncryptionKey, type KeyRing } from '@ushadow/secrets';
import { createHmac } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@ushadow/kubernetes';
import type { StackContent, StackObjects, StackUpdate } from '../content/stack-content.ts';

/** Seals what stacks want, objects with their Secrets, and digests it under a key. */
export class DesiredStateCipher {
  private readonly keys: KeyRing;
  /** Keys the digests in plans, so that a secret cannot be guessed from them. */
  readonly digestKey: string;

  constructor(keys: KeyRing) {
    this.keys = keys;
    this.digestKey = derive(keys.current, 'plan-digest');
  }

  /** `recordId`: the deployment's or plan's; a copy in another row does not open. */
  encryptUpdate(recordId: string, update: StackUpdate): string {
    return sealEnvelope(this.keys, updateBinding(recordId), JSON.stringify(update));
  }

  decryptUpdate(recordId: string, envelope: string): StackUpdate {
    return JSON.parse(this.decryptText(recordId, envelope)) as StackUpdate;
  }

  /** What a row wants, in whatever form it was kept. */
  decryptText(recordId: string, envelope: string): string {
    return openEnvelope(this.keys, updateBinding(recordId), envelope).toString('utf8');
  }

  encryptContent(recordId: string, content: StackContent): string {
    return sealEnvelope(this.keys, contentBinding(recordId), JSON.stringify(content));
  }

  decryptContent(recordId: string, envelope: string): StackContent {
    return JSON.parse(openEnvelope(this.keys, contentBinding(recordId), envelope).toString('utf8')) as StackContent;
  }

  /** `<key id>:<hex>`: equal for equal text under one key; tells nothing about the text. */
  digest(text: string): string {
    return digestUnder(this.keys.current, text);
  }

  /** False also when the key of the digest is gone. */
  isDigestOf(digest: string, text: string): boolean {
    const key = this.keys.get(digest.slice(0, Math.max(0, digest.indexOf(':'))));
    return key !== undefined && digestUnder(key, text) === digest;
  }

  /** Of what is wanted by a stack, or by one of its services; where it is written makes no difference. */
  contentDigest(content: Pick<StackObjects, 'objects'>, service?: string): string {
    return this.digest(contentText(content, service));
  }
}

/** What is wanted, not where it is written: a comment in the file changes nothing of it. The part that digests are of. */
export function wantedText({ content, selected, gone, change, left, job }: StackUpdate): string {
  const { objects, dependencies } = content;
  return canonicalJson({ objects, dependencies, selected, gone, change, left, job } as unknown as JsonValue);
}

function contentText({ objects }: Pick<StackObjects, 'objects'>, service?: string): string {
  const wanted = service === undefined ? objects : objects.filter(({ services }) => services.includes(service));
  const texts = wanted.map(({ object }) => canonicalJson(object as unknown as JsonValue));
  return texts.sort().join('\n');
}

function digestUnder(key: KeyEncryptionKey, text: string): string {
  return `${key.id}:${createHmac('sha256', derive(key, 'desired-digest')).update(text).digest('hex')}`;
}

function derive(key: KeyEncryptionKey, purpose: string): string {
  return createHmac('sha256', key.bytes).update(purpose).digest('hex');
}

export function updateBinding(recordId: string): Binding {
  return { recordId, purpose: 'desired-state' };
}

export function contentBinding(deploymentId: string): Binding {
  return { recordId: deploymentId, purpose: 'stack-content' };
}
