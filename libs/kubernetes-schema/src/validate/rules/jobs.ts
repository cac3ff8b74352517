import { isSet, numberAt, objectAt, textAt } from '../../shape.ts';
import { isTimeZone } from '../time-zone.ts';
import type { TypeRule } from '../type-rule.ts';

export const jobRules: readonly TypeRule[] = [
  {
    rule: 'restart-policy',
    on: ['JobSpec'],
    check({ template, podFailurePolicy }, report) {
      const { restartPolicy } = objectAt(objectAt(template).spec);
      if (restartPolicy !== 'OnFailure' && restartPolicy !== 'Never')
        report('must be OnFailure or Never in a Job', 'template', 'spec', 'restartPolicy');
      else if (isSet(podFailurePolicy) && restartPolicy !== 'Never')
        report('must be Never where podFailurePolicy is set', 'template', 'spec', 'restartPolicy');
    },
  },
  {
    rule: 'indexed-job',
    on: ['JobSpec'],
    check(spec, report) {
      const indexed = spec.completionMode === 'Indexed';
      if (indexed && !isSet(spec.completions)) report('is required when completionMode is Indexed', 'completions');
      if (indexed && (numberAt(spec.parallelism) ?? 1) > 100_000)
        report('must not be more than 100000 when completionMode is Indexed', 'parallelism');
      for (const name of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'] as const)
        if (!indexed && isSet(spec[name])) report('needs completionMode Indexed', name);
      if (isSet(spec.maxFailedIndexes) && !isSet(spec.backoffLimitPerIndex))
        report('is required with maxFailedIndexes', 'backoffLimitPerIndex');
    },
  },
  {
    rule: 'job-selector',
    on: ['Job', 'JobTemplateSpec'],
    check({ spec }, report) {
      const { selector, manualSelector } = objectAt(spec);
      if (isSet(selector) && manualSelector !== true)
        report('is made by the cluster; leave it out', 'spec', 'selector');
    },
  },
  {
    rule: 'cron-schedule',
    on: ['CronJobSpec'],
    check({ schedule, timeZone }, report) {
      if (schedule === '') report('is required', 'schedule');
      if (isSet(timeZone) && textAt(timeZone) === undefined) report('must not be empty', 'timeZone');
      else if (isSet(timeZone) && !isTimeZone(String(timeZone)))
        report('must be a time zone such as Europe/Berlin', 'timeZone');
    },
  },
];
