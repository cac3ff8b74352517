import { publicOperations, type operations, type RequestOf } from '@ushadow/contracts';
import { fieldErrors, type FieldErrors } from '../../../api/field-errors.ts';
import type { Setting } from './filter-settings.ts';

/** Whether the value is secret; `automatic` leaves it to the server's judgement of path and value. */
export type Secrecy = 'automatic' | 'secret' | 'open';

export interface SettingForm {
  readonly path: string;
  readonly value: string;
  readonly secrecy: Secrecy;
}

/** For a new setting, or one that is to be changed: whose secret value has to be typed anew, as it is not known here. */
export function initialSettingForm(setting: Setting | null): SettingForm {
  if (setting === null) return { path: '', value: '', secrecy: 'automatic' };
  return { path: setting.path, value: setting.value ?? '', secrecy: setting.is_secret ? 'secret' : 'open' };
}

export function toPutRequest({ path, value, secrecy }: SettingForm): RequestOf<typeof operations.putSetting> {
  return { path: path.trim(), value, ...(secrecy === 'automatic' ? {} : { is_secret: secrecy === 'secret' }) };
}

/** What the contract has against the form, by field. */
export function settingErrors(form: SettingForm): FieldErrors {
  return fieldErrors(publicOperations.putSetting.input, toPutRequest(form));
}
