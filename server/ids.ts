import { v7 } from "uuid";

/** A new row id: UUIDv7, so that keys grow with time (PostgreSQL 15 has no uuidv7()). */
export const newId = (): string => v7();
