import { expect, test } from "vitest";
import { textFrame } from "@/server/realtime/embedded/text-frame";
import { FrameBoundary } from "./frame-boundary";

const ANSWER = Buffer.from("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
const frames = [3, 125, 126, 70_000, 0].map((length) => textFrame("x".repeat(length)));

test.each([1, 2, 7, 1_000, 1_000_000])("frames end where they end, read %i bytes at a time", (step) => {
  const boundary = new FrameBoundary();
  const ends: number[] = [];
  const stream = Buffer.concat([ANSWER, ...frames]);
  for (let at = 0; at < stream.length; at += step) {
    boundary.push(stream.subarray(at, at + step));
    if (boundary.isBetweenFrames) ends.push(Math.min(at + step, stream.length));
  }
  let at = ANSWER.length;
  const real = [at, ...frames.map((frame) => (at += frame.length))];
  expect(ends.filter((end) => !real.includes(end))).toEqual([]);
  expect(ends.at(-1)).toBe(stream.length);
  if (step === 1) expect(ends).toEqual(real);
});

test("before the answer to the upgrade nothing may be put in", () => {
  const boundary = new FrameBoundary();
  boundary.push(ANSWER.subarray(0, 20));
  expect(boundary.isBetweenFrames).toBe(false);
});
