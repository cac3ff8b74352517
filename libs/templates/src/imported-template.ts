import type { Diagnostic } from '@ushadow/compose';

/** A variable of the project, as an `.env` would give it. */
export interface TemplateValue {
  readonly name: string;
  readonly value: string;
  /** Nobody but the stack may know it. */
  readonly secret: boolean;
  /** Made at random, or from something that was: another import has another one. */
  readonly generated: boolean;
  /** The template's file that names it. */
  readonly path: string;
}

/** A service that is reached from outside. */
export interface PublicAddress {
  readonly service: string;
  readonly host: string;
  /** The container's. Absent: the template does not say. */
  readonly port?: number;
  /** Begins with `/`; absent: everything. */
  readonly path?: string;
  /** The service is asked without that path. */
  readonly strip?: true;
}

/** As a specification has it: `HOST[:PORT][/PATH[#strip]]`, with the port of the container. */
export function addressText({ host, port, path = '', strip }: PublicAddress): string {
  return `${host}${port === undefined ? '' : `:${String(port)}`}${path}${strip === true ? '#strip' : ''}`;
}

/** What a template says of itself. */
export interface TemplateInfo {
  readonly kind: 'coolify' | 'dokploy';
  readonly name: string;
  readonly description?: string;
  readonly documentation?: string;
  readonly website?: string;
  readonly logo?: string;
  readonly category?: string;
  readonly version?: string;
  readonly tags: readonly string[];
}

export interface ImportedTemplate {
  /**
   * A project that Compose reads: `compose.yaml` has each line where the template has it; what the import supplies is in
   * `compose.override.yaml`. Values that are not generated are in `.env`. Empty after an error.
   */
  readonly files: Readonly<Record<string, string>>;
  readonly values: readonly TemplateValue[];
  /** The first one is what the template is for. */
  readonly public: readonly PublicAddress[];
  readonly info: TemplateInfo;
  readonly findings: readonly Diagnostic[];
}
