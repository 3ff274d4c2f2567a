import type { App, Connection } from "./app";
import { CLOSE, refuse } from "./connections";

/** Makes a connection a person's. @returns false when it already is somebody else's */
export function bindUser(connection: Connection, userId: string): boolean {
  if (connection.userId !== null && connection.userId !== userId) return false;
  connection.userId = userId;
  const connections = connection.app.users.get(userId) ?? new Set();
  connection.app.users.set(userId, connections.add(connection));
  return true;
}

/** Forgets a closed connection of a person. */
export function unbindUser(connection: Connection) {
  if (connection.userId === null) return;
  const connections = connection.app.users.get(connection.userId);
  connections?.delete(connection);
  if (connections?.size === 0) connection.app.users.delete(connection.userId);
}

/** Ends all of a person's connections; clients do not come back by themselves. @returns how many there were */
export function terminateUser(app: App, userId: string): number {
  const connections = [...(app.users.get(userId) ?? [])];
  for (const { ws } of connections) refuse(ws, CLOSE.notAuthorized, "Connection terminated");
  return connections.length;
}
