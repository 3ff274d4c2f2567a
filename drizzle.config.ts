import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: "./db/schema/*.ts",
  out: "./drizzle",
  extensionsFilters: ["postgis"],
  dbCredentials: { url: process.env.DATABASE_OWNER_URL ?? "postgres://127.0.0.1/runboard" },
});
