import type { ExposedDesign } from '../model/design.ts';
import { readDockerfile } from '../images/read-dockerfile.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** What the project's Dockerfiles tell of the images that it builds. */
export const readRecipes: Pass<ExposedDesign> = {
  name: 'read-recipes',
  run(design, { input }) {
    return mapServices(design, (designed) => {
      const { build } = designed.service.image;
      const text = build === undefined ? undefined : (build.inline ?? input.files.read(build.dockerfile));
      return text === undefined ? designed : { ...designed, recipe: readDockerfile(text, build?.target) };
    });
  },
};
