import { isRecognisable, TextFinder } from '@ushadow/compiler';
import { judgeCandidate, weakSecret, type ChosenValues, type NamedValue } from '@ushadow/environment';
import type { GatheredService } from '../projects/gather-project.ts';

/** Secret values of a project that can be distinguished from ordinary words. */
export function secretValues(chosen: ChosenValues, services: ReadonlyMap<string, GatheredService>): readonly string[] {
  const named = Object.entries(chosen.named).flatMap(([name, values]) => {
    const winner = values.find(({ eligible }) => eligible);
    return winner !== undefined && isSecretValue(name, winner) ? [winner.value] : [];
  });
  const ofContainers = [...services.values()].flatMap(({ variables }) =>
    variables.flatMap(({ secret, winner }) => (secret && winner !== undefined ? [winner.value] : [])),
  );
  const telling = [...new Set([...named, ...ofContainers])].filter(isTelling);
  // What is built around another one is masked with it.
  const finder = new TextFinder(telling);
  return telling.filter((value) => finder.foundIn(value).length === 1).sort();
}

/** No word that stands in texts by itself: masking it there would hide what it is not. */
function isTelling(value: string): boolean {
  return value.length >= 8 && (isRecognisable(value) || weakSecret('', value) === undefined);
}

/** Variables of a project whose value comes from a secret setting. */
export function secretNames({ named }: ChosenValues): readonly string[] {
  return Object.entries(named).flatMap(([name, values]) => {
    const winner = values.find(({ eligible }) => eligible);
    return winner !== undefined && winner.secretSetting !== undefined ? [name] : [];
  });
}

/** By its name and text; what comes from a secret setting is secret whatever it is called. */
export function isSecretValue(name: string, { value, secretSetting }: NamedValue): boolean {
  return judgeCandidate(name, value, { secretSetting, override: undefined }).secret;
}
