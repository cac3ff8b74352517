import type { DesignedService } from '../model/design.ts';
import { withReferences } from '../sensitive/references.ts';
import { escapeExpansion } from '../text/escaping.ts';
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
export function emitInitContainers(
  services: readonly DesignedService[],
  context: EmitContext,
  giveName: GiveName,
): readonly Draft[] {
  const first = services.filter(({ start }) => start.phase !== 'main');
  const rest = services.filter(({ start }) => start.phase === 'main');
  return [
    ...first.flatMap((designed) => [...ownSteps(designed, context, giveName), emitContainer(designed, context)]),
    ...rest.flatMap((designed) => ownSteps(designed, context, giveName)),
  ];
}

type GiveName = (text: string) => string;

function ownSteps(designed: DesignedService, context: EmitContext, giveName: GiveName): readonly Draft[] {
  return [...preStart(designed, context, giveName), ...labelled(designed, giveName)];
}

function preStart(designed: DesignedService, { design }: EmitContext, giveName: GiveName): readonly Draft[] {
  const referring = (text: string): string => withReferences(text, design.placeholders, designed.references);
  return designed.service.lifecycle.before.map((hook, index) => {
    const [runAsUser, runAsGroup] = userNumbers(hook.user);
    const { envFrom, env } = environmentOf(designed);
    const own = Object.entries(hook.environment).map(([name, value]) => ({ name, value: referring(value) }));
    return from(hook.path, {
      name: giveName(`${designed.name}-pre-start-${index + 1}`),
      image: hook.image ?? designed.image,
      command: hook.entrypoint === undefined ? undefined : some(hook.entrypoint.map(referring)),
      args: some(hook.command.map(referring)),
      workingDir: hook.workingDir,
      envFrom,
      env: some([...(env ?? []), ...own]),
      securityContext: filled({ runAsUser, runAsGroup, privileged: hook.privileged ? true : undefined }),
      volumeMounts: some(emitMounts(designed)),
    });
  });
}

function labelled({ settings, service }: DesignedService, giveName: GiveName): readonly Draft[] {
  const init = settings.initContainer;
  if (init === undefined) return [];
  const command = some(init.command.map(escapeExpansion));
  return [from(`${service.path}/labels`, { name: giveName(init.name), image: init.image, command })];
}
