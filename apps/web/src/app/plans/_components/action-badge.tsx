import { Badge } from '../../../ui/badge.tsx';
import type { IconName } from '../../../ui/icon.tsx';
import type { Tone } from '../../../ui/styling.ts';
import type { PlannedAction } from '../_plan/planned-changes.ts';

interface Look {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

export const actionLooks: Readonly<Record<PlannedAction, Look>> = {
  create: { word: 'Create', tone: 'ok', icon: 'plus' },
  update: { word: 'Update', tone: 'info', icon: 'pencil' },
  recreate: { word: 'Recreate', tone: 'warn', icon: 'refresh' },
  delete: { word: 'Delete', tone: 'bad', icon: 'trash' },
  unchanged: { word: 'Unchanged', tone: 'neutral', icon: 'minus' },
};

export function ActionBadge({ action }: { readonly action: PlannedAction }) {
  const { word, tone, icon } = actionLooks[action];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}
