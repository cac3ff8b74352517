import type { PlanData } from '@ushadow/contracts';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ObjectName } from '../../../ui/object-name.tsx';
import { adoptable } from '../_plan/adoptable.ts';
import { permissionLines } from '../_plan/permission-lines.ts';
import { FindingsNotice } from './findings-notice.tsx';

/** What may be asked for beside the form. */
export interface MoreAllowed {
  readonly take_over?: true;
  readonly recreate?: 'all';
  readonly adopt?: readonly string[];
}

export type PlanAgain = (more: MoreAllowed) => void;

interface PlanBlockersProps {
  readonly plan: PlanData;
  readonly onAgain: PlanAgain | undefined;
}

/** Why a plan cannot be applied as it is, each with the way on that there is. */
export function PlanBlockers({ plan, onAgain }: PlanBlockersProps) {
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
        driftHref={onAgain === undefined && plan.stack_id !== null ? `/stacks/${plan.stack_id}#drift` : undefined}
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

interface ConflictsNoticeProps {
  readonly conflicts: PlanData['conflicts'];
  /** Where what others have changed is brought back first; absent where the plan itself can take it over. */
  readonly driftHref: string | undefined;
  /** Makes the plan anew so that it claims these fields; absent where that cannot be asked for. */
  readonly onTakeOver?: (() => void) | undefined;
}

/** Fields that somebody else manages: taking them over is for the user to ask, never for us to do. */
function ConflictsNotice({ conflicts, driftHref, onTakeOver }: ConflictsNoticeProps) {
  if (conflicts.length === 0) return null;
  return (
    <Notice
      tone="bad"
      title="Somebody else manages fields that this would change"
      testId="plan-conflicts"
      actions={
        onTakeOver !== undefined ? (
          <Button small data-testid="take-over-btn" onClick={onTakeOver}>
            Plan to take them over
          </Button>
        ) : driftHref !== undefined ? (
          <LinkButton small href={driftHref} data-testid="to-drift">
            Look at the drift of the stack
          </LinkButton>
        ) : undefined
      }
    >
      <ul>
        {conflicts.map(({ object, field, manager }) => (
          <li key={`${object} ${field} ${manager}`}>
            <ObjectName of={object} />: <code>{field}</code> is managed by <strong>{manager}</strong>
          </li>
        ))}
      </ul>
      <p>
        {driftHref === undefined
          ? 'Taken over, they are set by this deployment, and the other manager may set them back. To leave them, remove them here.'
          : 'Bring back or adopt what was changed, on the page of the stack, and make this plan anew.'}
      </p>
    </Notice>
  );
}

/** What the cluster's credential may not do, with the Role to hand to an administrator. */
function PermissionsNotice({ plan }: { readonly plan: PlanData }) {
  const { missing_permissions: missing, role_yaml: yaml } = plan;
  if (missing.length === 0) return null;
  return (
    <Notice tone="warn" title="The cluster’s credential lacks permissions for this" testId="plan-permissions">
      <ul>
        {permissionLines(missing).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {yaml === null ? null : (
        <details>
          <summary>The Role that grants them</summary>
          <CodeBlock text={yaml} label="Role that grants what is missing" />
        </details>
      )}
    </Notice>
  );
}
