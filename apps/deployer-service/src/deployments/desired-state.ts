import type { CompileResult } from '@ushadow/compiler';
import type { DesiredState, DependencyCondition } from '@ushadow/deploy-engine';
import { openEnvelope, sealEnvelope, type Binding, type KeyRing } from '@ushadow/secrets';
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
    return sealEnvelope(this.keys, desiredBinding(deploymentId), text);
  }

  decrypt(deploymentId: string, envelope: string): string {
    return openEnvelope(this.keys, desiredBinding(deploymentId), envelope).toString('utf8');
  }
}

export function desiredBinding(deploymentId: string): Binding {
  return { recordId: deploymentId, purpose: 'desired-state' };
}

/** What travels sealed from the compiler. */
export type CompiledObjects = Pick<CompileResult, 'objects' | 'dependencies'>;

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
  return { objects: compiled.objects, dependencies };
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
