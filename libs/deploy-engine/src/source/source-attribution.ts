import type { Failure } from '@ushadow/diagnose';
import type { DeployEventBody } from '../deploy-event.ts';
import type { DeployResult } from '../deploy-result.ts';
import type { DesiredState } from '../desired-state.ts';
import type { Plan } from '../plan/plan.ts';
import { SourceIndex } from './source-index.ts';

/** Adds to everything that goes wrong the place in the source where it is to be put right. */
export class SourceAttribution {
  readonly #index: SourceIndex;

  constructor({ objects, sources = [] }: DesiredState) {
    this.#index = new SourceIndex(objects, sources);
  }

  failure<T extends Failure>(failure: T): T {
    const { object } = failure;
    if (object === undefined || failure.source !== undefined) return failure;
    const [source, ...others] = this.#index.places(object, failure.field);
    if (source === undefined) return failure;
    const evidence = failure.evidence.map((item) => {
      const place = item.field === undefined ? undefined : this.#index.places(object, item.field)[0];
      return place === undefined ? item : { ...item, source: place };
    });
    const more = others.map((place) => ({
      kind: 'field' as const,
      path: failure.field ?? '',
      value: 'also here',
      source: place,
    }));
    return { ...failure, source, evidence: [...evidence, ...more] };
  }

  event(event: DeployEventBody): DeployEventBody {
    if (event.type === 'cause.raised') return { ...event, cause: this.failure(event.cause) };
    if (event.type !== 'warning' || event.object === undefined) return event;
    const [source] = this.#index.places(event.object, event.field);
    return source === undefined ? event : { ...event, source };
  }

  plan(plan: Plan): Plan {
    const named = (failures: readonly Failure[]): Failure[] => failures.map((failure) => this.failure(failure));
    return { ...plan, problems: named(plan.problems), warnings: named(plan.warnings) };
  }

  result(result: DeployResult): DeployResult {
    const { failure, causes, plan } = result;
    return {
      ...result,
      ...(failure === undefined ? {} : { failure: this.failure(failure) }),
      ...(plan === undefined ? {} : { plan: this.plan(plan) }),
      causes: causes.map((cause) => this.failure(cause)),
    };
  }
}
