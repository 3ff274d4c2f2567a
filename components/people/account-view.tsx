"use client";

import { PasswordSection } from "./password-section";
import { SecondFactorSection } from "./second-factor-section";
import { SessionsTable } from "./sessions-table";
import { SettingsFrame } from "./settings-frame";

/** One's own account: password, second factor, and where one is signed in. */
export function AccountView() {
  return (
    <SettingsFrame current="Account">
      <div className="min-h-0 flex-1 overflow-y-auto bg-panel">
        <PasswordSection />
        <SecondFactorSection />
        <div className="flex h-90 flex-col">
          <SessionsTable everybody={false} />
        </div>
      </div>
    </SettingsFrame>
  );
}
