import type { TemplateData } from '@ushadow/contracts';
import type { ListedTemplate } from './gallery.ts';

const PENDING = { state: 'pending', errors: 0, warnings: 0 } as const;

export function toTemplate({ found, summary, isChecked }: ListedTemplate): TemplateData {
  const { id, kind, name } = found;
  const nothing = { title: name, description: null, documentation: null, tags: [], services: [], public: [] };
  return { id, kind, name, ...nothing, ...summary, check: (isChecked ? summary?.check : undefined) ?? PENDING };
}
