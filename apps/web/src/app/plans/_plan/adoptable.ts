import type { PlanData } from '@ushadow/contracts';

const offer = /--adopt ([A-Za-z]+\/[a-z0-9.-]+)/;

/** Objects that nobody owns and that this stack may ask for, as `Kind/name`. The remedy offers them; those of others it does not. */
export function adoptable({ problems }: Pick<PlanData, 'problems'>): readonly string[] {
  return problems.flatMap(({ code, remedy }) => {
    const name = code === 'NAME_TAKEN' ? offer.exec(remedy ?? '')?.[1] : undefined;
    return name === undefined ? [] : [name];
  });
}
