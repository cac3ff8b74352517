import { own } from '@ushadow/kubernetes';
import { accountNumber, userNumbers } from '../names/user-numbers.ts';
import type { ImageRecipe } from './read-dockerfile.ts';

/** Users that have one number in all images that have them. */
const USERS: Readonly<Record<string, number>> = { node: 1000, nobody: 65534, nonroot: 65532 };

/** For who has a number that only the image knows: a member of any group can write what is that group's. */
const SOME_GROUP = 1000;

/** A group that the user of the image gets by its volumes; undefined for root. */
export function recipeGroup(recipe: ImageRecipe): number | undefined {
  const { user } = recipe;
  const [uid, gid] = userNumbers(user);
  const name = user?.split(':')[0] ?? '';
  if (name === '') return undefined;
  const number = uid ?? own(USERS, name) ?? createdNumber(name, recipe.runs);
  return number === 0 ? undefined : ([gid, number].find((each) => each !== undefined && each !== 0) ?? SOME_GROUP);
}

/** `useradd -u 1000 app`, `adduser -D --uid 1000 app`. */
function createdNumber(name: string, runs: readonly string[]): number | undefined {
  const word = name.replace(/[^\w-]/g, '.');
  const command = new RegExp(
    `\\b(?:useradd|adduser)\\b[^&;|]*\\s(?:-[a-zA-Z]*u|--uid)[ =]?(\\d+)[^&;|]*\\s${word}(?=\\s|$|[&;|])`,
  );
  const found = runs.map((run) => command.exec(run)?.[1]).find((number) => number !== undefined);
  return accountNumber(found);
}
