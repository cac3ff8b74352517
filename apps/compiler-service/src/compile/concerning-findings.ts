import { pointerSegments, type Diagnostic } from '@ushadow/compose';
import type { LoadedSource } from '../catalog/load-source.ts';
import type { GatheredService } from '../projects/gather-project.ts';

/** The loader's warning that an empty text takes the place of a variable. */
const UNSET_VARIABLE = 'CPS0203';

/** The loader's findings about the selected services and the project, without those on variables that have a value from elsewhere. */
export function concerningFindings(
  { diagnostics }: LoadedSource,
  services: ReadonlyMap<string, GatheredService>,
  selected: ReadonlySet<string>,
): readonly Diagnostic[] {
  return diagnostics.filter((found) => {
    const { path, severity } = found;
    const [section, service = '', key, variable = ''] = pointerSegments(path);
    if (section !== 'services' || !services.has(service)) return true;
    if (!selected.has(service) && severity !== 'error') return false;
    return key !== 'environment' || !isAnswered(found, services.get(service), variable);
  });
}

function isAnswered({ code, params }: Diagnostic, service: GatheredService | undefined, name: string): boolean {
  if (code !== UNSET_VARIABLE || service === undefined) return false;
  const unset = String(params?.['variable']);
  // A list has no names in its paths: then every variable that needs the unset one must have a value.
  const needing = service.declared.filter((each) =>
    /^\d+$/.test(name) ? each.unset.includes(unset) : each.name === name,
  );
  return needing.every((each) => {
    const winner = service.variables.find((variable) => variable.name === each.name)?.winner;
    return winner !== undefined && !winner.unset.includes(unset);
  });
}
