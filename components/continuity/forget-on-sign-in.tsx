"use client";

import { useEffect } from "react";
import { forgetKeptBoard } from "./keep-board";

/** Whoever is asked to sign in has no session any more: what this browser kept of it goes. Renders nothing. */
export function ForgetOnSignIn() {
  useEffect(() => {
    void forgetKeptBoard();
  }, []);
  return null;
}
