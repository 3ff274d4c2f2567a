import "server-only";
import { toString as qrToString } from "qrcode";
import type { DeviceRow } from "@/db/queries/devices";
import { DEFAULT_INTERVAL_S } from "@/server/domain/devices/device";
import { osmandUrl, owntracksUrl, type PairingApp, pairingApps } from "@/server/domain/devices/pairing";
import { env } from "@/server/env";

/** What pairs a phone: shown once, when the token is made, since only its hash is kept. `qr` are `data:` images. */
export type Pairing = {
  token: string;
  osmandUrl: string;
  owntracksUrl: string;
  /** The code for Traccar Client, the app to take where nothing else is in use. */
  qr: string;
  apps: (PairingApp & { qr: string })[];
};

/** The address phones reach this server under. */
export const publicUrl = (): string => {
  const { PUBLIC_URL, HOST, PORT } = env();
  return (PUBLIC_URL ?? `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`).replace(/\/+$/, "");
};

/** How each app is paired with this token. */
export async function describePairing(
  device: Pick<DeviceRow, "label" | "settings">,
  token: string,
  baseUrl = publicUrl(),
): Promise<Pairing> {
  const intervalS = device.settings.intervalS ?? DEFAULT_INTERVAL_S;
  const apps = await Promise.all(
    pairingApps({ baseUrl, token, label: device.label, intervalS }).map(async (app) => ({
      ...app,
      qr: await qrImage(app.qrText),
    })),
  );
  const urls = { osmandUrl: osmandUrl({ baseUrl, token }), owntracksUrl: owntracksUrl({ baseUrl, token }) };
  return { token, ...urls, qr: apps[0]?.qr ?? "", apps };
}

async function qrImage(text: string): Promise<string> {
  const svg = await qrToString(text, { type: "svg", errorCorrectionLevel: "M", margin: 2 });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
