import { classifySensitive } from '@ushadow/compiler';
import { failure, operations, type OutputOf } from '@ushadow/contracts';
import type { Catalog } from '../catalog/catalog.ts';

const operation = operations.getServiceEnv;

/** The variables a service declares, as its file resolves them now; secret values stay here. */
export class GetServiceEnv {
  private readonly catalog: Catalog;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  run(serviceId: string): OutputOf<typeof operation> {
    const entry = this.catalog.find(serviceId);
    if (entry === undefined) throw failure(operation, 'SERVICE_NOT_FOUND', `The catalog has no service ${serviceId}.`);
    const declared = this.catalog.load(entry).declaredEnvironment[entry.name] ?? [];
    return {
      service_id: serviceId,
      variables: Object.entries(entry.service.environment ?? {}).map(([name, value]) => {
        const declaration = declared.find((variable) => variable.name === name);
        const required =
          value === null || (value === '' && (declaration?.references.some((one) => one.kind === 'plain') ?? false));
        const { secret, reason } = classifySensitive(name, value, {
          variables: declaration?.references.map((one) => one.name) ?? [],
        });
        return {
          name,
          value: secret ? null : value,
          is_secret: secret,
          secret_reason: secret ? reason : null,
          is_set: value !== null && value !== '',
          is_required: required,
          source: value === null ? 'none' : 'compose',
        };
      }),
    };
  }
}
