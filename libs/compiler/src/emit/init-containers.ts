import type { PlannedService } from '../model/plan.ts';
import { escapeExpansion } from '../text/escape-expansion.ts';
import { emitContainer, environmentOf } from './container.ts';
import type { EmitContext } from './emit-context.ts';
import { userNumbers } from '../names/user-numbers.ts';
import type { Draft } from './sourced.ts';
import { filled, from, some } from './sourced.ts';
import { emitMounts } from './volumes.ts';

/**
 * What starts before the containers of the pod: `pre_start` steps, the container that labels ask for, and services that
 * others of the pod wait for. These run on as sidecars, or to their end.
 */
export function emitInitContainers(services: readonly PlannedService[], context: EmitContext): readonly Draft[] {
  const first = services.filter(({ start }) => start.phase !== 'main');
  const rest = services.filter(({ start }) => start.phase === 'main');
  return [
    ...first.flatMap((planned) => [...ownSteps(planned), emitContainer(planned, context)]),
    ...rest.flatMap(ownSteps),
  ];
}

function ownSteps(planned: PlannedService): readonly Draft[] {
  return [...preStart(planned), ...labelled(planned)];
}

function preStart(planned: PlannedService): readonly Draft[] {
  return planned.service.lifecycle.before.map((hook, index) => {
    const [runAsUser, runAsGroup] = userNumbers(hook.user);
    const { envFrom, env } = environmentOf(planned);
    const own = Object.entries(hook.environment).map(([name, value]) => ({ name, value: escapeExpansion(value) }));
    return from(hook.path, {
      name: `${planned.name.slice(0, 48)}-pre-start-${index + 1}`,
      image: hook.image ?? planned.image,
      command: hook.entrypoint === undefined ? undefined : some(hook.entrypoint.map(escapeExpansion)),
      args: some(hook.command.map(escapeExpansion)),
      workingDir: hook.workingDir,
      envFrom,
      env: some([...(env ?? []), ...own]),
      securityContext: filled({ runAsUser, runAsGroup, privileged: hook.privileged ? true : undefined }),
      volumeMounts: some(emitMounts(planned)),
    });
  });
}

function labelled({ settings, service }: PlannedService): readonly Draft[] {
  const init = settings.initContainer;
  if (init === undefined) return [];
  const command = some(init.command.map(escapeExpansion));
  return [from(`${service.path}/labels`, { name: init.name, image: init.image, command })];
}
