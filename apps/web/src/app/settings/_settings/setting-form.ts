import { publicOperations, type operations, type RequestOf } from '@ushadow/contracts';
import { fieldErrors, type FieldErrors } from '../../../api/field-errors.ts';
import type { Setting } from './filter-settings.ts';

/** Whether the value is secret; `automatic` leaves it to the server's judgement of path and value. */
export type Secrecy = 'automatic' | 'secret' | 'open';

/** Who sees it: the projects of the operator's folder, uploads too, or one project. */
export type Audience = 'folder' | 'uploads' | 'project';

export interface SettingForm {
  readonly path: string;
  readonly value: string;
  readonly secrecy: Secrecy;
  readonly audience: Audience;
  /** Of the audience `project`. */
  readonly project: string;
}

/** For a new setting, or one that is to be changed: whose secret value has to be typed anew, as it is not known here. */
export function initialSettingForm(setting: Setting | null): SettingForm {
  if (setting === null) return { path: '', value: '', secrecy: 'automatic', audience: 'folder', project: '' };
  const { path, value, is_secret: isSecret, project } = setting;
  return {
    path,
    value: value ?? '',
    secrecy: isSecret ? 'secret' : 'open',
    audience: audienceOf(setting),
    project: project ?? '',
  };
}

export function audienceOf({ project, for_uploads: forUploads }: Pick<Setting, 'project' | 'for_uploads'>): Audience {
  if (project !== null) return 'project';
  return forUploads ? 'uploads' : 'folder';
}

export function toPutRequest(form: SettingForm): RequestOf<typeof operations.putSetting> {
  const { path, value, secrecy, audience, project } = form;
  return {
    path: path.trim(),
    value,
    ...(secrecy === 'automatic' ? {} : { is_secret: secrecy === 'secret' }),
    ...(audience === 'uploads' ? { for_uploads: true } : {}),
    ...(audience === 'project' ? { project: project.trim() } : {}),
  };
}

/** Whether saving the form would replace this one: of the same path, for the same project or for the installation. */
export function isReplacedBy(setting: Setting, form: SettingForm): boolean {
  const project = form.audience === 'project' ? form.project.trim() : null;
  return setting.path === form.path.trim() && setting.project === project;
}

/** What the contract has against the form, by field. */
export function settingErrors(form: SettingForm): FieldErrors {
  return fieldErrors(publicOperations.putSetting.input, toPutRequest(form));
}
