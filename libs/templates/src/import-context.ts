import type { Findings } from './findings.ts';
import type { ImportedTemplate, TemplateInfo } from './imported-template.ts';
import type { Hosts } from './values/hosts.ts';
import type { RandomValues } from './values/random-values.ts';

/** What both kinds of template are imported with. */
export interface ImportContext {
  readonly name: string;
  readonly scheme: 'http' | 'https';
  readonly hosts: Hosts;
  readonly random: RandomValues;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly findings: Findings;
}

/** As far as the import came: after an error only what the template says of itself. */
export type ImportedParts = { readonly info: TemplateInfo } & Partial<Omit<ImportedTemplate, 'info' | 'findings'>>;
