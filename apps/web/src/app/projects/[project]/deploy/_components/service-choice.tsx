import type { StackData } from '@ushadow/contracts';
import type { FieldErrors } from '../../../../../api/field-errors.ts';
import { Badge } from '../../../../../ui/badge.tsx';
import { Checkbox } from '../../../../../ui/field.tsx';
import { InlineCode } from '../../../../../ui/code.tsx';
import { chosenServices, type Project, specOf, type StackForm, withService } from '../_form/stack-form.ts';
import styles from './service-choice.module.css';
import { SpecFields } from './spec-fields.tsx';

interface ServiceChoiceProps {
  readonly project: Project;
  readonly stack: StackData | null;
  readonly form: StackForm;
  readonly errors: FieldErrors;
  readonly onChange: (next: Partial<StackForm> | ((form: StackForm) => StackForm)) => void;
}

/** Which services, by profile and one by one, each with its own settings folded below. */
export function ServiceChoice({ project, stack, form, errors, onChange }: ServiceChoiceProps) {
  const chosen = new Set(chosenServices(project, form));
  return (
    <div className={styles['choice']}>
      {project.profiles.length === 0 ? null : (
        <fieldset className={styles['group']}>
          <legend>Profiles</legend>
          {project.profiles.map((profile) => (
            <Checkbox
              key={profile}
              label={profile}
              checked={form.profiles.has(profile)}
              testId={`profile-${profile}`}
              onChange={(isOn) => {
                const profiles = new Set([...form.profiles].filter((each) => each !== profile));
                if (isOn) profiles.add(profile);
                // What was ticked by hand was ticked among other services.
                onChange({ profiles, services: null });
              }}
            />
          ))}
        </fieldset>
      )}
      <fieldset className={styles['group']}>
        <legend>
          Services <span className={styles['muted']}>{countText(chosen.size, project.services.length)}</span>
        </legend>
        <ul className={styles['services']}>
          {project.services.map((service) => (
            <li key={service.service} data-testid={`choice-${service.service}`}>
              <Choice
                service={service}
                isChosen={chosen.has(service.service)}
                onTick={(isIn) => {
                  onChange((last) => withService(project, last, service.service, isIn));
                }}
              />
              {chosen.has(service.service) ? (
                <SpecFields
                  service={service}
                  form={form}
                  spec={specOf(form, stack, service.service)}
                  isRemembered={stack?.configuration.specs[service.service] !== undefined}
                  errors={errors}
                  onChange={(spec) => {
                    onChange((last) => ({ ...last, specs: new Map(last.specs).set(service.service, spec) }));
                  }}
                />
              ) : null}
            </li>
          ))}
        </ul>
      </fieldset>
    </div>
  );
}

type Service = Project['services'][number];

interface ChoiceProps {
  readonly service: Service;
  readonly isChosen: boolean;
  readonly onTick: (isIn: boolean) => void;
}

function Choice({ service, isChosen, onTick }: ChoiceProps) {
  const { service: name, image, deployable, problem, profiles, active } = service;
  const hints = [image ?? 'built from source', active ? null : `only with ${profiles.join(' or ')}`];
  if (!deployable) {
    return (
      <p className={styles['refused']}>
        <strong>{name}</strong>{' '}
        <Badge tone="warn" icon="alert">
          Cannot be deployed
        </Badge>{' '}
        <span className={styles['muted']}>
          <InlineCode text={problem ?? ''} />
        </span>
      </p>
    );
  }
  return (
    <Checkbox
      label={<strong>{name}</strong>}
      hint={hints.filter((hint) => hint !== null).join(' · ')}
      checked={isChosen}
      testId={`service-${name}`}
      onChange={onTick}
    />
  );
}

function countText(chosen: number, all: number): string {
  return chosen === all ? `all ${String(all)}` : `${String(chosen)} of ${String(all)}`;
}
