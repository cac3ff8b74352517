import { readDockerfile } from '../images/read-dockerfile.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** What the project's Dockerfiles tell of the images that it builds. */
export const readRecipes: Pass = {
  name: 'read-recipes',
  run(plan, { input }) {
    return mapServices(plan, (planned) => {
      const { build } = planned.service.image;
      const text = build === undefined ? undefined : (build.inline ?? input.files.read(build.dockerfile));
      return text === undefined ? planned : { ...planned, recipe: readDockerfile(text, build?.target) };
    });
  },
};
