import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { TokenBucket } from "./token-bucket";

/** One application of the server: its credentials and everything that lives under them. */
export type App = AppConfig & {
  channels: Map<string, Channel>;
  connections: Map<string, Connection>;
  users: Map<string, Set<Connection>>;
  /** Since when this server holds sockets, epoch milliseconds: those of before have closed. */
  sinceMs: number;
  /** Sockets that closed a while ago: id -> when, epoch milliseconds. */
  closed: Map<string, number>;
};

export type AppConfig = {
  id: string;
  key: string;
  secret: string;
  /** Whether clients may send `client-*` events to private and presence channels. */
  allowsClientEvents: boolean;
};

/** A live socket that has been greeted. */
export type Connection = {
  id: string;
  app: App;
  ws: WebSocket;
  /** The raw socket under `ws`: broadcasts write one prepared frame to it. */
  socket: Socket;
  address: string;
  /** Channel name -> presence member, or null where the channel has none. */
  subscriptions: Map<string, PresenceMember | null>;
  userId: string | null;
  lastSeenMs: number;
  pingedAtMs: number | null;
  messages: TokenBucket;
  clientEvents: TokenBucket;
};

export type PresenceMember = { userId: string; userInfo: unknown };

export type Channel = {
  name: string;
  connections: Set<Connection>;
  /** user id -> info and how many of its connections are here; null where the channel is no presence channel. */
  members: Map<string, { userInfo: unknown; connections: number }> | null;
  isCache: boolean;
  last: { event: string; data: string; atMs: number } | null;
  countTimer: NodeJS.Timeout | null;
};

export const openApp = (config: AppConfig): App => ({
  ...config,
  channels: new Map(),
  connections: new Map(),
  users: new Map(),
  sinceMs: Date.now(),
  closed: new Map(),
});
