import type { composeCatalogue, Diagnostic } from '@ushadow/compose';

const REQUIRED_VARIABLE = 'CPS0202' satisfies keyof typeof composeCatalogue;

/** A place in a project that needs a variable which has no value. */
export interface MissingVariable {
  readonly variable: string;
  /** The finding as the loader reports it. */
  readonly found: Diagnostic;
  /** The service it stands in; undefined at the top of the file. */
  readonly service: string | undefined;
  /** Whether it stands in that service's `environment`, where a typed value can take its place. */
  readonly inEnvironment: boolean;
}

export function missingVariables(diagnostics: readonly Diagnostic[]): MissingVariable[] {
  return diagnostics
    .filter(({ code, severity }) => code === REQUIRED_VARIABLE && severity === 'error')
    .map((found) => {
      const [, section, service, key] = found.path.split('/').map(unescapePointer);
      const isService = section === 'services';
      return {
        variable: String(found.params?.['variable']),
        found,
        service: isService ? service : undefined,
        inEnvironment: isService && key === 'environment',
      };
    });
}

function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
