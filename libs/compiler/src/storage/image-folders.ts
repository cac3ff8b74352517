import { own } from '@ushadow/kubernetes';
import { hasContent, hasShell, isContentKnown, isWebServer } from '../images/image-content.ts';
import { knownImage } from '../images/known-images.ts';
import type { PlacedDesign, DesignedMount, PlacedService } from '../model/design.ts';
import type { Mount } from '../model/storage.ts';
import { isWithin } from './paths.ts';
import { isBelow } from './paths.ts';

/** A volume of a service, and what it hides of the image. */
export interface Judged {
  readonly designed: PlacedService;
  readonly mount: DesignedMount;
  /** `fills`: it can be copied in. `lost`: it is there by the evidence, and nobody can copy it. */
  readonly finding: 'fills' | 'lost';
  readonly isAsked: boolean;
  /** What it was concluded from. */
  readonly because: string;
}

type Verdict = Pick<Judged, 'finding' | 'isAsked' | 'because'>;

/** The volumes that hide something of their image, as far as can be known without a registry. */
export function judgeFolders(design: PlacedDesign): readonly Judged[] {
  return design.services.flatMap((designed) => {
    const written = new Map(designed.service.mounts.map((mount) => [mount.target, mount]));
    return designed.mounts.flatMap((mount): readonly Judged[] => {
      const asked = written.get(mount.target);
      if (asked === undefined || !isFilledByCompose(asked, mount)) return [];
      const verdict = judge({ designed, mount, asked, design });
      return verdict === undefined ? [] : [{ designed, mount, ...verdict }];
    });
  });
}

/** New volumes are; neither bound folders nor memory, nor a folder of a volume. */
function isFilledByCompose({ kind, noCopy, subPath }: Mount, { source }: DesignedMount): boolean {
  const isVolume = kind === 'volume' || kind === 'anonymous';
  const isOurs = source.kind === 'store' || (source.kind === 'scratch' && !source.memory);
  return isVolume && isOurs && !noCopy && subPath === undefined;
}

interface Case {
  readonly designed: PlacedService;
  readonly mount: DesignedMount;
  readonly asked: Mount;
  readonly design: PlacedDesign;
}

function judge(about: Case): Verdict | undefined {
  const { designed, mount, asked, design } = about;
  const copyUp = asked.copyUp ?? (asked.kind === 'volume' ? own(design.app.volumes, asked.source)?.copyUp : undefined);
  if (copyUp === false) return undefined;
  if (copyUp === true) return { finding: 'fills', isAsked: true, because: '"copy_up" is asked for' };
  const isHidden = (path: string): boolean => isWithin(path, mount.target);
  if (hasContent(designed.recipe?.base ?? designed.image, isHidden))
    return { finding: 'fills', isAsked: false, because: 'its image is known to have files there' };
  return designed.recipe === undefined ? byCircumstance(about) : byRecipe(about, isHidden);
}

/** The Dockerfile is as good as the image, where it says where it writes to. */
function byRecipe(about: Case, isHidden: (path: string) => boolean): Verdict | undefined {
  const { designed, mount } = about;
  const { base = '', written = [], runs = [], workingDir = '/' } = designed.recipe ?? {};
  const finding = runs.length > 0 || hasShell(base) ? 'fills' : 'lost';
  if (written.some(isHidden)) return { finding, isAsked: false, because: 'its Dockerfile copies files there' };
  const mayHold = isWithin(mount.target, workingDir) || written.some((path) => isWithin(mount.target, path));
  const reason = mayHold ? circumstance(about) : undefined;
  return reason === undefined ? undefined : { finding, isAsked: false, because: reason };
}

/** Of an image that nothing is known of. */
function byCircumstance(about: Case): Verdict | undefined {
  const { image } = about.designed;
  if (isContentKnown(image) || knownImage(image) !== undefined) return undefined;
  const reason = circumstance(about);
  return reason === undefined ? undefined : { finding: 'lost', isAsked: false, because: reason };
}

/** What shows that people count on the content of the image. */
function circumstance(about: Case): string | undefined {
  const folder = bindAbove(about);
  if (folder !== undefined)
    return `it keeps what the image has there from being hidden by "${folder}", which is mounted above it`;
  const reader = readerOf(about);
  return reader === undefined ? undefined : `service "${reader}" mounts the same volume to read from it`;
}

/** Folders that belong to an image and not to a source tree, though both are at one place. */
const OF_IMAGES = /(^|\/)(node_modules|vendor|\.?venv|site-packages|bower_components|\.next|\.nuxt|dist|build|target)$/;

/** The bound folder below which the volume keeps a part of the image in place. */
function bindAbove({ designed, mount, asked }: Case): string | undefined {
  const above = designed.service.mounts.find(({ kind, target }) => kind === 'bind' && isBelow(mount.target, target));
  return above === undefined || (asked.kind !== 'anonymous' && !OF_IMAGES.test(mount.target))
    ? undefined
    : above.target;
}

/** Names of what is built into images to be shown by a web server, unlike uploads and certificates. */
const BUILT_IN =
  /(^|[/._-])(static|staticfiles|assets|public|dist|build|www|html|htdocs|web|webroot|frontend|site)([/._-]|$)/i;

/** Another image that only reads what this one is to bring. */
function readerOf({ designed, mount, asked, design }: Case): string | undefined {
  const { source } = mount;
  if (source.kind !== 'store' || mount.readOnly || isWebServer(designed.image)) return undefined;
  if (!BUILT_IN.test(mount.target) && !BUILT_IN.test(asked.source)) return undefined;
  const readers = design.services.filter((other) => {
    if (other === designed || other.image === designed.image) return false;
    const shared = other.mounts.filter((each) => each.source.kind === 'store' && each.source.store === source.store);
    return shared.some(({ readOnly }) => readOnly || isWebServer(other.image));
  });
  return readers[0]?.service.name;
}
