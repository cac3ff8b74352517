import type { PlanData } from '@ushadow/contracts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { adoptable } from '../_plan/adoptable.ts';
import { ConflictsNotice } from './conflicts-notice.tsx';
import { FindingsNotice } from './findings-notice.tsx';
import { PermissionsNotice } from './permissions-notice.tsx';

/** What may be asked for beside the form. */
export interface MoreAllowed {
  readonly take_over?: true;
  readonly recreate?: 'all';
  readonly adopt?: readonly string[];
}

export type PlanAgain = (more: MoreAllowed) => void;

interface PlanObstaclesProps {
  readonly plan: PlanData;
  readonly onAgain: PlanAgain | undefined;
}

/** Why a plan cannot be applied as it is, each with the way on that there is. */
export function PlanObstacles({ plan, onAgain }: PlanObstaclesProps) {
  const { conflicts, options } = plan;
  // Conflicts have a notice of their own, field by field.
  const problems = plan.problems.filter(({ code }) => conflicts.length === 0 || code !== 'FIELD_CONFLICT');
  const unowned = adoptable(plan);
  const isImmutable = options.recreate !== 'all' && problems.some(({ code }) => code === 'FIELD_IMMUTABLE');
  return (
    <>
      <FindingsNotice tone="bad" title="The cluster refuses this" findings={problems} testId="plan-problems">
        {onAgain === undefined || unowned.length === 0 ? null : (
          <Button
            small
            data-testid="adopt-btn"
            onClick={() => {
              onAgain({ adopt: unowned });
            }}
          >
            Plan to adopt {unowned.join(', ')}
          </Button>
        )}
        {onAgain === undefined || !isImmutable ? null : (
          <Button
            small
            data-testid="recreate-btn"
            onClick={() => {
              onAgain({ recreate: 'all' });
            }}
          >
            Plan to make them anew
          </Button>
        )}
      </FindingsNotice>
      <ConflictsNotice
        conflicts={conflicts}
        onTakeOver={
          onAgain === undefined || options.take_over
            ? undefined
            : () => {
                onAgain({ take_over: true });
              }
        }
      />
      <PermissionsNotice plan={plan} />
      {options.take_over ? (
        <Notice tone="warn" title="Fields that others manage are taken over" testId="plan-takes-over" />
      ) : null}
    </>
  );
}
