import * as z from 'zod';
import {
  DifferenceShape,
  KeywordTryBody,
  KeywordTryShape,
  NoticeBody,
  NoticePreviewShape,
  SettingsBody,
  SettingsShape,
  SettingsVersionShape,
} from '../../settings-api.ts';
import { type App, type Served, whoAsks } from '../app.ts';

const tags = ['settings'];
const SectionParams = z.object({ section: z.string().min(1).max(60) });
const VersionParams = z.object({ revision: z.coerce.number().int().min(0) });

export function addSettings(app: App, { settingsControl: settings }: Served): void {
  app.route({
    method: 'GET',
    url: '/settings',
    schema: { summary: 'All settings with their descriptions', tags, response: { 200: SettingsShape } },
    handler: async () => settings.get(),
  });
  app.route({
    method: 'PUT',
    url: '/settings/:section',
    schema: {
      summary: 'Change one section',
      tags,
      params: SectionParams,
      body: SettingsBody,
      response: { 200: SettingsShape },
    },
    handler: async (request) => {
      const lang = request.headers['accept-language'];
      return settings.set(request.params.section, request.body, whoAsks(request).actor, lang);
    },
  });
  app.route({
    method: 'POST',
    url: '/settings/notice/preview',
    schema: {
      summary: 'A status notice as it would read below a draft. Changes nothing',
      tags,
      body: NoticeBody,
      response: { 200: NoticePreviewShape },
    },
    handler: async (request) => settings.previewNotice(request.body),
  });
  app.route({
    method: 'POST',
    url: '/settings/keywords/try',
    schema: {
      summary: 'Which of the last mentions contain these words',
      tags,
      body: KeywordTryBody,
      response: { 200: KeywordTryShape },
    },
    handler: async (request) => settings.tryKeywords(request.body.words),
  });
  app.route({
    method: 'GET',
    url: '/settings/versions',
    schema: {
      summary: 'Who changed which setting when, newest first',
      tags,
      response: { 200: z.array(SettingsVersionShape) },
    },
    handler: async () => settings.versions(),
  });
  app.route({
    method: 'GET',
    url: '/settings/versions/:revision',
    schema: {
      summary: 'What would change by going back to a version',
      tags,
      params: VersionParams,
      response: { 200: z.array(DifferenceShape) },
    },
    handler: async (request) => settings.wayBack(request.params.revision),
  });
  app.route({
    method: 'POST',
    url: '/settings/versions/:revision/restore',
    schema: { summary: 'Go back to a version', tags, params: VersionParams, response: { 200: SettingsShape } },
    handler: async (request) => settings.restore(request.params.revision, whoAsks(request).actor),
  });
}
