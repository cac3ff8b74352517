import type { CompileResult } from '@ushadow/compiler';
import type { UsedVariableData } from '@ushadow/contracts';
import type { DesiredState, DependencyCondition } from '@ushadow/deploy-engine';
import { openEnvelope, sealEnvelope, type Binding, type KeyEncryptionKey, type KeyRing } from '@ushadow/secrets';
import { createHmac } from 'node:crypto';

/** What the compiler made of a service, as JSON text: objects with their Secrets, and the order among them. */
export class DesiredStateCipher {
  private readonly keys: KeyRing;
  /** Keys the digests in plans, so that a secret cannot be guessed from them. */
  readonly digestKey: string;

  constructor(keys: KeyRing) {
    this.keys = keys;
    this.digestKey = derive(keys.current, 'plan-digest');
  }

  /** `recordId`: the deployment's or plan's; a copy in another row does not open. */
  encrypt(recordId: string, text: string): string {
    return sealEnvelope(this.keys, desiredBinding(recordId), text);
  }

  decrypt(recordId: string, envelope: string): string {
    return openEnvelope(this.keys, desiredBinding(recordId), envelope).toString('utf8');
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
}

function digestUnder(key: KeyEncryptionKey, text: string): string {
  return `${key.id}:${createHmac('sha256', derive(key, 'desired-digest')).update(text).digest('hex')}`;
}

function derive(key: KeyEncryptionKey, purpose: string): string {
  return createHmac('sha256', key.bytes).update(purpose).digest('hex');
}

export function desiredBinding(deploymentId: string): Binding {
  return { recordId: deploymentId, purpose: 'desired-state' };
}

/** What is kept of a compiled service, always encrypted. What was stored by an earlier version has no source map. */
export interface CompiledObjects
  extends Pick<CompileResult, 'objects' | 'dependencies'>, Partial<Pick<CompileResult, 'sourceMap'>> {
  /** Where the value of each variable came from. */
  readonly environment: readonly UsedVariableData[];
}

const conditions = { started: 'started', ready: 'ready', completed: 'complete' } as const satisfies Record<
  string,
  DependencyCondition
>;

export function toDesiredState(compiled: CompiledObjects): DesiredState {
  const dependencies = compiled.dependencies.map(({ from, to, condition }) => ({
    object: from,
    on: to,
    condition: conditions[condition],
  }));
  const sources = (compiled.sourceMap ?? []).map(({ object, pointer, path, position }) => ({
    object,
    pointer,
    path,
    ...position,
  }));
  return { objects: compiled.objects, dependencies, sources };
}

export function parseDesired(text: string): DesiredState {
  return toDesiredState(JSON.parse(text) as CompiledObjects);
}

/** What is wanted, not where it is written: a comment in the file changes nothing of it. The part that digests are of. */
export function wantedText(text: string): string {
  const { sourceMap: _sourceMap, ...wanted } = JSON.parse(text) as CompiledObjects;
  return JSON.stringify(wanted);
}
