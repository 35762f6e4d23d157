import * as z from 'zod';
import { DevicesShape, DeviceWishShape, NewDeviceBody } from '../../device-api.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { SIGN_IN_LIMIT } from './session.ts';

const IdParams = z.object({ id: z.string().min(1).max(40) });
const tags = ['account'];
const response = { 200: DevicesShape };

/** Where I am told while the inbox is closed. Each adding and each try sends something, so they are counted. */
export function addDevices(app: App, { devices }: Served): void {
  app.route({
    method: 'GET',
    url: '/me/devices',
    schema: { summary: 'Where I am told while the inbox is closed', tags, response },
    handler: async (request) => devices.list(whoAsks(request)),
  });

  app.route({
    method: 'POST',
    url: '/me/devices',
    config: SIGN_IN_LIMIT,
    schema: {
      summary: 'Tell me on this browser; a first message shows that it works',
      tags,
      body: NewDeviceBody,
      response,
    },
    handler: async (request) => {
      const agent = String(request.headers['user-agent'] ?? '').slice(0, 200);
      return devices.add(request.body, agent, whoAsks(request));
    },
  });

  app.route({
    method: 'PUT',
    url: '/me/devices/:id',
    schema: {
      summary: 'Change what a device is told of, and when',
      tags,
      params: IdParams,
      body: DeviceWishShape,
      response,
    },
    handler: async (request) => devices.change(request.params.id, request.body, whoAsks(request)),
  });

  app.route({
    method: 'POST',
    url: '/me/devices/:id/test',
    config: SIGN_IN_LIMIT,
    schema: {
      summary: 'Send a message to one of my devices, to see whether it comes',
      tags,
      params: IdParams,
      response,
    },
    handler: async (request) => devices.test(request.params.id, whoAsks(request)),
  });

  app.route({
    method: 'DELETE',
    url: '/me/devices/:id',
    schema: { summary: 'Tell me on this device no more', tags, params: IdParams, response },
    handler: async (request) => devices.remove(request.params.id, whoAsks(request)),
  });
}
