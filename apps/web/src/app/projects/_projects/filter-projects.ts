import type { ProjectData } from '@ushadow/contracts';

/** The projects in which each word occurs: in a name, a file, a service or an image. */
export function filterProjects(projects: readonly ProjectData[], query: string): ProjectData[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return projects.filter((project) => words.every((word) => textOf(project).includes(word)));
}

function textOf({ project, name, file, services }: ProjectData): string {
  const parts = services.flatMap(({ service, display_name, image }) => [service, display_name, image ?? '']);
  return [project, name, file, ...parts].join(' ').toLowerCase();
}
