import "server-only";
import { z } from "zod";
import { Device, DevicePatch, NewDevice } from "@/server/domain/devices/device";
import { createDevice } from "@/server/services/devices/create-device";
import { editDevice } from "@/server/services/devices/edit-device";
import { getDevice, listDevices } from "@/server/services/devices/list-devices";
import { revokeDevice } from "@/server/services/devices/revoke-device";
import { rotateDevice } from "@/server/services/devices/rotate-device";
import { PageInput } from "@/server/services/page";
import { defineRoute, type Route } from "./kit/route";

const id = z.object({ id: z.uuid() });
const PairedDevice = Device.extend({
  token: z.string(),
  osmandUrl: z.url(),
  owntracksUrl: z.url(),
  qr: z.string(),
  apps: z.array(
    z.object({
      app: z.string(),
      name: z.string(),
      platforms: z.array(z.string()),
      qrText: z.string(),
      qr: z.string(),
      settings: z.array(z.object({ name: z.string(), value: z.string() })),
      permissions: z.array(z.string()),
    }),
  ),
}).meta({ id: "PairedDevice" });

export const deviceRoutes: Route[] = [
  defineRoute({
    method: "POST",
    path: "/devices",
    permission: "devices.write",
    summary: "Pair a phone or tracker with a vehicle or a person; the token is in this answer only",
    status: 201,
    secretAnswer: true,
    body: NewDevice,
    response: PairedDevice,
    run: (ctx, { body }) => createDevice(ctx, body),
  }),
  defineRoute({
    method: "GET",
    path: "/devices",
    permission: "devices.read",
    summary: "Devices with their last use and the reason why they are dark",
    query: PageInput,
    response: z.object({ items: z.array(Device), nextCursor: z.string().nullable() }),
    run: (ctx, { query }) => listDevices(ctx, query),
  }),
  defineRoute({
    method: "GET",
    path: "/devices/{id}",
    permission: "devices.read",
    summary: "One device",
    params: id,
    response: Device,
    run: (ctx, { params }) => getDevice(ctx, params.id),
  }),
  defineRoute({
    method: "PATCH",
    path: "/devices/{id}",
    permission: "devices.write",
    summary: "Change a device",
    params: id,
    body: DevicePatch,
    response: Device,
    run: (ctx, { params, body }) => editDevice(ctx, params.id, body),
  }),
  defineRoute({
    method: "POST",
    path: "/devices/{id}/rotate",
    permission: "devices.write",
    summary: "Give a device a new token; the old one is accepted for another 24 hours",
    secretAnswer: true,
    params: id,
    response: PairedDevice,
    run: (ctx, { params }) => rotateDevice(ctx, params.id),
  }),
  defineRoute({
    method: "DELETE",
    path: "/devices/{id}",
    permission: "devices.write",
    summary: "Revoke a device within five seconds",
    status: 204,
    params: id,
    run: (ctx, { params }) => revokeDevice(ctx, params.id),
  }),
];
