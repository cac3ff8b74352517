import type { TemplateData } from '@ushadow/contracts';
import { Badge } from '../../../ui/badge.tsx';
import { counted } from '../_templates/template-texts.ts';

/** Whether a template becomes a project, as far as that is known. */
export function CheckBadge({ check: { state, errors, warnings } }: Pick<TemplateData, 'check'>) {
  switch (state) {
    case 'pending':
      return (
        <Badge tone="neutral" icon="clock">
          Not checked yet
        </Badge>
      );
    case 'ok':
      return (
        <Badge tone="ok" icon="check">
          Ready
        </Badge>
      );
    case 'warnings':
      return (
        <Badge tone="warn" icon="alert">
          {counted(warnings, 'warning')}
        </Badge>
      );
    case 'errors':
      return (
        <Badge tone="bad" icon="alert">
          {counted(errors, 'error')}
        </Badge>
      );
  }
}
