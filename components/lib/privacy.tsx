"use client";

import { createContext, type ReactNode, useContext } from "react";

const LockedContext = createContext(false);

/** While `locked`, the board stays live and patient data is not shown anywhere below. */
export const PrivacyProvider = ({ locked, children }: { locked: boolean; children: ReactNode }) => (
  <LockedContext value={locked}>{children}</LockedContext>
);

export const useLocked = (): boolean => useContext(LockedContext);

/** A rider's name, phone, address or note: hidden while the console is locked. */
export function PatientData({ children }: { children: ReactNode }) {
  return useLocked() ? <span className="text-ink-3">hidden</span> : children;
}
