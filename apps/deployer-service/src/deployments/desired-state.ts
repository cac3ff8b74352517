import type { CompileResult } from '@ushadow/compiler';
import type { DesiredState, DependencyCondition } from '@ushadow/deploy-engine';
import { openEnvelope, sealEnvelope, type KeyRing } from '@ushadow/secrets';
import { createHash, createHmac } from 'node:crypto';

/** What the compiler made of a service, as JSON text: objects with their Secrets, and the order among them. */
export class DesiredStateCipher {
  private readonly keys: KeyRing;
  /** Keys the digests in plans, so that a secret cannot be guessed from them. */
  readonly digestKey: string;

  constructor(keys: KeyRing) {
    this.keys = keys;
    this.digestKey = createHmac('sha256', keys.current.bytes).update('plan-digest').digest('hex');
  }

  encrypt(deploymentId: string, text: string): string {
    return sealEnvelope(this.keys, { recordId: deploymentId, purpose: 'desired-state' }, text);
  }

  decrypt(deploymentId: string, envelope: string): string {
    return openEnvelope(this.keys, { recordId: deploymentId, purpose: 'desired-state' }, envelope).toString('utf8');
  }
}

/** What travels sealed from the compiler. What was stored by an earlier version has no source map. */
export type CompiledObjects = Pick<CompileResult, 'objects' | 'dependencies'> &
  Partial<Pick<CompileResult, 'sourceMap'>>;

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

/** Of what is wanted, not of where it is written: a comment in the file changes nothing. */
export function digestOf(text: string): string {
  const { objects, dependencies } = JSON.parse(text) as CompiledObjects;
  return createHash('sha256').update(JSON.stringify({ objects, dependencies })).digest('hex');
}
