/** How one app is set up: what its QR code says, and what to type and allow where a code is not enough. */
export type PairingApp = {
  app: "traccar_client" | "owntracks" | "overland" | "gpslogger" | "osmand";
  name: string;
  platforms: ("android" | "ios")[];
  /** What the code holds; the app, or the phone's camera, knows what to do with it. */
  qrText: string;
  settings: { name: string; value: string }[];
  permissions: string[];
};

export type PairingInput = { baseUrl: string; token: string; label: string; intervalS: number };

const ALWAYS = "Location: Always (also in the background)";
const PRECISE = "Precise location";
const BATTERY = "Battery: unrestricted (no optimisation for this app)";
const MOTION = "Motion and fitness";

export const osmandUrl = ({ baseUrl, token }: Pick<PairingInput, "baseUrl" | "token">): string =>
  `${baseUrl}/api/v1/ingest/osmand?id=${token}`;
export const owntracksUrl = ({ baseUrl, token }: Pick<PairingInput, "baseUrl" | "token">): string =>
  `${baseUrl}/api/v1/ingest/owntracks/${token}`;

/** Every app that can be paired with this token. */
export const pairingApps = (input: PairingInput): PairingApp[] => [
  traccarClient(input),
  ownTracks(input),
  overland(input),
  gpsLogger(input),
  osmAnd(input),
];

/** Traccar Client reads its settings out of a scanned URL. @see https://www.traccar.org/client-configuration/ */
function traccarClient(input: PairingInput): PairingApp {
  const { intervalS, token, baseUrl } = input;
  const query = new URLSearchParams({
    id: token,
    accuracy: "high",
    interval: String(intervalS),
    distance: "0",
    buffer: "true",
  });
  return {
    app: "traccar_client",
    name: "Traccar Client",
    platforms: ["android", "ios"],
    qrText: `${baseUrl}/api/v1/ingest/osmand?${query}`,
    settings: [
      { name: "Server URL", value: `${baseUrl}/api/v1/ingest/osmand` },
      { name: "Device identifier", value: token },
      { name: "Location accuracy", value: "High" },
      { name: "Interval", value: `${intervalS} s` },
      { name: "Offline buffering", value: "On" },
    ],
    permissions: [ALWAYS, PRECISE, BATTERY, MOTION],
  };
}

/** @see https://owntracks.org/booklet/features/remoteconfig */
function ownTracks(input: PairingInput): PairingApp {
  const { intervalS, token, baseUrl, label } = input;
  const url = `${baseUrl}/api/v1/ingest/owntracks`;
  const configuration = {
    _type: "configuration",
    mode: 3,
    url,
    auth: true,
    usePassword: true,
    username: "runboard",
    password: token,
    deviceId: label.replaceAll(/[^A-Za-z0-9-]/g, "").slice(0, 24) || "phone",
    monitoring: 2,
    pubExtendedData: true,
    locatorInterval: intervalS,
    moveModeLocatorInterval: intervalS,
    locatorDisplacement: 0,
  };
  return {
    app: "owntracks",
    name: "OwnTracks",
    platforms: ["android", "ios"],
    qrText: `owntracks:///config?inline=${encodeURIComponent(btoa(JSON.stringify(configuration)))}`,
    settings: [
      { name: "Mode", value: "HTTP" },
      { name: "URL", value: url },
      { name: "User name", value: "runboard" },
      { name: "Password", value: token },
      { name: "Monitoring", value: "Move" },
      { name: "Interval", value: `${intervalS} s` },
    ],
    permissions: [ALWAYS, PRECISE, BATTERY],
  };
}

/** @see https://github.com/aaronpk/Overland-iOS#configuration-by-custom-url */
function overland({ intervalS, token, baseUrl }: PairingInput): PairingApp {
  const url = `${baseUrl}/api/v1/ingest/overland`;
  return {
    app: "overland",
    name: "Overland",
    platforms: ["ios"],
    qrText: `overland://setup?${new URLSearchParams({ url, token })}`,
    settings: [
      { name: "Receiver endpoint", value: url },
      { name: "Access token", value: token },
      { name: "Send interval", value: `${intervalS} s` },
      { name: "Pause updates automatically", value: "Off" },
      { name: "Desired accuracy", value: "Best" },
      { name: "Points per batch", value: "200" },
    ],
    permissions: [ALWAYS, PRECISE, MOTION],
  };
}

function gpsLogger({ intervalS, token, baseUrl }: PairingInput): PairingApp {
  const names = "lat=%LAT&lon=%LON&time=%TIME&s=%SPD&dir=%DIR&alt=%ALT&acc=%ACC&batt=%BATT&ischarging=%ISCHARGING";
  const url = `${baseUrl}/api/v1/ingest/gpslogger?${names}&token=${token}`;
  return {
    app: "gpslogger",
    name: "GPSLogger",
    platforms: ["android"],
    qrText: url,
    settings: [
      { name: "Log to custom URL", value: "On" },
      { name: "URL", value: url },
      { name: "HTTP method", value: "GET" },
      { name: "Discard offline locations", value: "Off" },
      { name: "Logging interval", value: `${intervalS} s` },
    ],
    permissions: [ALWAYS, PRECISE, BATTERY],
  };
}

/** OsmAnd's own app says m/s, whatever others say in knots on its path. */
function osmAnd(input: PairingInput): PairingApp {
  const names = "lat={0}&lon={1}&timestamp={2}&hdop={3}&altitude={4}&speed={5}&bearing={6}&speedUnit=mps";
  const url = `${osmandUrl(input)}&${names}`;
  return {
    app: "osmand",
    name: "OsmAnd",
    platforms: ["android", "ios"],
    qrText: url,
    settings: [
      { name: "Plugin", value: "Trip recording" },
      { name: "Online tracking", value: "On" },
      { name: "Web address", value: url },
      { name: "Tracking interval", value: `${input.intervalS} s` },
    ],
    permissions: [ALWAYS, PRECISE, BATTERY],
  };
}
