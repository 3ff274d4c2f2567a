import { useSyncExternalStore } from "react";
import { createStore } from "./store";

/** `waiting`: the browser allows no sound before the first click or key. */
export type SoundState = "waiting" | "on" | "muted";
export type Chime = "new" | "alert" | "emergency";

const STORAGE = "runboard.sound";
const state = createStore<SoundState>("waiting");
let context: AudioContext | null = null;
let listening = false;

function unlock() {
  // Not every key counts as a gesture: Esc and Ctrl do not, and the browser would complain.
  if (!navigator.userActivation.hasBeenActive) return;
  context ??= new AudioContext();
  context.resume().then(
    () => state.set(localStorage.getItem(STORAGE) === "muted" ? "muted" : "on"),
    () => state.set("waiting"),
  );
  document.removeEventListener("pointerdown", unlock);
  document.removeEventListener("keydown", unlock);
}

function listen() {
  if (listening) return;
  listening = true;
  if (localStorage.getItem(STORAGE) === "muted") state.set("muted");
  document.addEventListener("pointerdown", unlock);
  document.addEventListener("keydown", unlock);
}

/** Tones as [frequency in Hz, start in s, length in s]. */
const CHIMES: Record<Chime, readonly (readonly [number, number, number])[]> = {
  new: [[660, 0, 0.12]],
  alert: [
    [740, 0, 0.12],
    [740, 0.18, 0.12],
  ],
  emergency: [
    [880, 0, 0.2],
    [660, 0.22, 0.2],
    [880, 0.44, 0.2],
    [660, 0.66, 0.2],
  ],
};

/** Sounds a chime; a crew's emergency sounds even when muted. */
export function chime(kind: Chime) {
  if (!context || state.get() === "waiting" || (state.get() === "muted" && kind !== "emergency")) return;
  const start = context.currentTime;
  for (const [frequencyHz, atS, lengthS] of CHIMES[kind]) {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = frequencyHz;
    volume.gain.setValueAtTime(0.0001, start + atS);
    volume.gain.exponentialRampToValueAtTime(0.18, start + atS + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + atS + lengthS);
    tone.connect(volume).connect(context.destination);
    tone.start(start + atS);
    tone.stop(start + atS + lengthS);
  }
}

export function setMuted(muted: boolean) {
  localStorage.setItem(STORAGE, muted ? "muted" : "on");
  if (state.get() === "waiting" && !muted) unlock();
  else state.set(muted ? "muted" : "on");
}

export const useSound = (): SoundState =>
  useSyncExternalStore(
    (changed) => {
      listen();
      return state.subscribe(changed);
    },
    state.get,
    () => "waiting",
  );
