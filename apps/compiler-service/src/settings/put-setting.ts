import { Injectable } from '@nestjs/common';
import { classifySensitive } from '@ushadow/compiler';
import type { InputOf, operations } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { SettingStore } from './setting.store.ts';
import { SETTINGS_MAX, tooManySettings, type Setting } from './setting.ts';

type Operation = typeof operations.putSetting;

@Injectable()
export class PutSetting {
  constructor(private readonly store: SettingStore) {}

  async run(input: InputOf<Operation>, { actor }: RequestContext): Promise<Setting> {
    const { path, value, project = null } = input;
    const known = await this.store.exists({ path, project });
    if (!known && (await this.store.count()) >= SETTINGS_MAX) throw tooManySettings();
    const isSecret = input.is_secret ?? looksSecret(path, value);
    const forUploads = project === null && (input.for_uploads ?? false);
    const setting = { path, project, forUploads, value, isSecret, updatedAt: new Date(), updatedBy: actor };
    await this.store.put(setting);
    return setting;
  }
}

/** The path is judged as the name of a variable: `api_keys.openai` is as secret as API_KEYS_OPENAI. */
function looksSecret(path: string, value: string): boolean {
  return classifySensitive(path.replaceAll('.', '_'), value).secret;
}
