'use client';

import { publicOperations, type StackData } from '@ushadow/contracts';
import { useMemo, useRef, useState } from 'react';
import { hasCode } from '../../../../../api/describe-error.ts';
import { fieldErrors } from '../../../../../api/field-errors.ts';
import { Card } from '../../../../../ui/card.tsx';
import { startForm, type Project } from '../_form/stack-form.ts';
import { type Allowed, toStackRequest } from '../_form/to-stack-request.ts';
import { useForm } from '../_hooks/use-form.ts';
import { useProjectVariables } from '../_hooks/use-project-variables.ts';
import { useStackPlan } from '../_hooks/use-stack-plan.ts';
import { toVariablesRequest } from '../_variables/to-variables-request.ts';
import { inDisplayOrder, shownVariable } from '../_variables/shown-variable.ts';
import styles from './deploy-form.module.css';
import { DeployBar } from './deploy-bar.tsx';
import { HowFields } from './how-fields.tsx';
import { NamespaceField } from './namespace-field.tsx';
import { PlanReview } from './plan-review.tsx';
import { ServiceChoice } from './service-choice.tsx';
import { VariablesCard } from './variables-card.tsx';

interface DeployFormProps {
  readonly project: Project;
  readonly clusterId: string;
  /** The one that is changed; null for a new one. */
  readonly stack: StackData | null;
  readonly isOneOfSeveral: boolean;
}

export function DeployForm({ project, clusterId, stack, isOneOfSeveral }: DeployFormProps) {
  const { form, change, variables: actions } = useForm(() => startForm(stack));
  const [allowed, setAllowed] = useState<Allowed>({});
  const [hasTried, setTried] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const review = useRef<HTMLDivElement>(null);

  const request = toStackRequest({ clusterId, project, stack, isOneOfSeveral, form, allowed });
  const errors = fieldErrors(publicOperations.planStack.input, request);
  const variables = useProjectVariables(toVariablesRequest(request, stack));
  const { answer } = variables;
  const remembered = stack?.configuration.variables;
  const { values, secrets } = form;
  const shown = useMemo(
    () =>
      inDisplayOrder(answer?.variables ?? []).map((each) =>
        shownVariable(each, { values, secrets, remembered: remembered ?? [] }),
      ),
    [answer, values, secrets, remembered],
  );
  const missing = shown.filter(({ isMissing }) => isMissing).map(({ variable }) => variable.name);
  const plan = useStackPlan(request, form.message, (error) => {
    if (hasCode(error, 'ENVIRONMENT_UNRESOLVED')) variables.reload();
  });

  const isRefused = missing.length > 0 || Object.keys(errors).length > 0;
  /** The buttons, and Enter in a field: nothing is sent that would be refused. */
  const attempt = async (run: () => Promise<void>): Promise<void> => {
    setTried(true);
    if (isRefused) {
      requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    await run();
    // What was found is below the form; where it went on by itself, this page is left.
    requestAnimationFrame(() => review.current?.focus());
  };
  const again = (more: Allowed) => {
    const next = { ...allowed, ...more };
    setAllowed(next);
    void attempt(() =>
      plan.preview(toStackRequest({ clusterId, project, stack, isOneOfSeveral, form, allowed: next })),
    );
  };

  return (
    <form
      ref={element}
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (plan.doing === null) void attempt(() => plan.deploy(request));
      }}
    >
      <Card title="Where and what">
        <div className={styles['sections']}>
          <NamespaceField project={project} stack={stack} form={form} errors={errors} onChange={change} />
          <ServiceChoice project={project} stack={stack} form={form} errors={errors} onChange={change} />
        </div>
      </Card>
      <VariablesCard
        project={project.project}
        shown={shown}
        variables={variables}
        refused={hasTried ? missing : []}
        actions={actions}
      />
      <HowFields form={form} errors={errors} onChange={change} />
      <DeployBar
        plan={plan}
        missing={hasTried ? missing : []}
        errors={hasTried ? errors : {}}
        isNone={request.services?.length === 0}
        onPreview={() => void attempt(() => plan.preview(request))}
      />
      <div ref={review} tabIndex={-1} className={styles['review']}>
        <PlanReview plan={plan} onAgain={again} />
      </div>
    </form>
  );
}
