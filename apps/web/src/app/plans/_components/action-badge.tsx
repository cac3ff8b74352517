import { Badge } from '../../../ui/badge.tsx';
import type { StatusDisplay } from '../../../ui/styling.ts';
import type { PlannedAction } from '../_plan/planned-changes.ts';

export const actionDisplays: Readonly<Record<PlannedAction, StatusDisplay>> = {
  create: { word: 'Create', tone: 'ok', icon: 'plus' },
  update: { word: 'Update', tone: 'info', icon: 'pencil' },
  recreate: { word: 'Recreate', tone: 'warn', icon: 'refresh' },
  delete: { word: 'Delete', tone: 'bad', icon: 'trash' },
  unchanged: { word: 'Unchanged', tone: 'neutral', icon: 'minus' },
};

export function ActionBadge({ action }: { readonly action: PlannedAction }) {
  const { word, tone, icon } = actionDisplays[action];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}
