"use client";

import { SessionsTable } from "./sessions-table";
import { SettingsFrame } from "./settings-frame";

/** Everybody's sessions, for an admin. */
export function SessionsView() {
  return (
    <SettingsFrame current="Sessions">
      <SessionsTable everybody />
    </SettingsFrame>
  );
}
