import { DomainError } from '@ushadow/contracts';

export type HealthCheck = () => Promise<void>;
export type HealthChecks = Readonly<Record<string, HealthCheck>>;

export interface Readiness {
  readonly ready: boolean;
  /** `ok`, or why not, by dependency. */
  readonly checks: Readonly<Record<string, string>>;
}

/** A kubelet asks again soon; a dependency that says nothing for this long is away. */
const PATIENCE_MS = 2_000;

export async function readiness(checks: HealthChecks, patienceMs = PATIENCE_MS): Promise<Readiness> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await resultOf(check, patienceMs)] as const),
  );
  return { ready: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) };
}

async function resultOf(check: HealthCheck, patienceMs: number): Promise<string> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(late.resolve, patienceMs, 'no answer');
  try {
    return await Promise.race([check().then(() => 'ok'), late.promise]);
  } catch (error) {
    // Any other reason may hold an address or a password: the log has it, this page does not.
    return error instanceof DomainError ? error.message : 'unavailable';
  } finally {
    clearTimeout(timer);
  }
}
