import { Badge } from '../../../ui/badge.tsx';
import type { StatusDisplay } from '../../../ui/styling.ts';
import type { PlannedAction } from '../_plan/planned-changes.ts';

export const actionDisplays: Readonly<Record<PlannedAction, StatusDisplay>> = {
  create: { label: 'Create', tone: 'ok', icon: 'plus' },
  update: { label: 'Update', tone: 'info', icon: 'pencil' },
  recreate: { label: 'Recreate', tone: 'warn', icon: 'refresh' },
  delete: { label: 'Delete', tone: 'bad', icon: 'trash' },
  unchanged: { label: 'Unchanged', tone: 'neutral', icon: 'minus' },
};

export function ActionBadge({ action }: { readonly action: PlannedAction }) {
  const { label, tone, icon } = actionDisplays[action];
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}
