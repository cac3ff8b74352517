import { accountNumber, userNumbers } from '../names/user-numbers.ts';
import { own } from '../text/own.ts';
import type { ImageRecipe } from './read-dockerfile.ts';

/** Users that have one number in all images that have them. */
const USERS: Readonly<Record<string, number>> = { node: 1000, nobody: 65534, nonroot: 65532 };

/** A group that the user of the image gets by its volumes; undefined for root, and where nobody can tell. */
export function recipeGroup(recipe: ImageRecipe): number | undefined {
  const { user } = recipe;
  const [uid, gid] = userNumbers(user);
  const name = user?.split(':')[0] ?? '';
  const number = uid ?? own(USERS, name) ?? createdNumber(name, recipe.runs);
  return number === 0 ? undefined : [gid, number].find((each) => each !== undefined && each !== 0);
}

/** The user by whom the image runs, where its name is all that is known. */
export function unknownUser(recipe: ImageRecipe): string | undefined {
  const name = recipe.user?.split(':')[0] ?? '';
  const isNamed = name !== '' && accountNumber(name) === undefined;
  return isNamed && recipeGroup(recipe) === undefined ? name : undefined;
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
