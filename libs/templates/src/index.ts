export { composeFileOf, importTemplate } from './import-template.ts';
export { addressText } from './imported-template.ts';
export type { ImportedTemplate, PublicAddress, TemplateInfo, TemplateValue } from './imported-template.ts';
export type { ImportOptions, ImportPorts, TemplateInput } from './template-input.ts';
export { templateFindings } from './template-findings.ts';
export { isHost } from './values/hosts.ts';
