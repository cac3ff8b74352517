import type { ExposedDesign } from '../model/design.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** What is run: the image as written; for a service that is only built, its name after the configured prefix. */
export const chooseImage: Pass<ExposedDesign> = {
  name: 'choose-image',
  run(design, { input, report }) {
    return mapServices(design, (designed) => {
      const { image, name, path } = designed.service;
      if (image.reference !== undefined && image.reference !== '') {
        if (!IMAGE.test(image.reference)) report('CMP0202', `${path}/image`, { service: name, image: image.reference });
        return { ...designed, image: image.reference };
      }
      const { prefix } = input.target.images ?? {};
      const built = `${prefix ?? ''}${designed.name}`;
      if (!image.built) report('CMP0201', path, { service: name });
      else if (prefix === undefined) report('CMP0203', `${path}/build`, { service: name, image: built });
      return { ...designed, image: built };
    });
  },
};

/** `[registry[:port]/]path[:tag][@digest]`, as the container runtime reads it. */
const IMAGE =
  /^(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{32,})?$/;
