/**
 * @typedef {object} RolePasswords letters, digits, `-` and `_` only
 * @property {string} owner
 * @property {string} app
 */

/**
 * What a session of the serving processes may take, in milliseconds: a hung statement, a lock that is never given and a
 * transaction that somebody forgot must not hold a connection of the pool for ever. The GPS path asks for less, the
 * archive for more. They belong to the role, so that they also hold behind a pooler, which drops start-up settings.
 */
const APP_LIMITS = {
  statement_timeout: 60_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 30_000,
};

/** @param {string} password */
function literal(password) {
  if (!/^[\w-]{8,}$/.test(password)) throw new Error("a database password may hold letters, digits, - and _ only");
  return `'${password}'`;
}

/**
 * Creates or updates the roles; safe to repeat. Needs a superuser.
 * - `runboard_owner` owns the schema and migrates it; BYPASSRLS, else its data migrations would change no row.
 * - `runboard_app` is what every process connects as: owns nothing, row-level security applies.
 * - `runboard_ingest` may write positions of all agencies and nothing else; taken by SET LOCAL ROLE, never inherited.
 * - `runboard_backup` reads everything for pg_dump.
 * @param {RolePasswords} passwords
 * @returns {string} SQL
 */
export function rolesSql({ owner, app }) {
  const roles = {
    runboard_owner: `login createdb bypassrls nosuperuser nocreaterole password ${literal(owner)}`,
    runboard_app: `login noinherit nobypassrls nosuperuser nocreatedb nocreaterole password ${literal(app)}`,
    runboard_ingest: "nologin nobypassrls nosuperuser nocreatedb nocreaterole",
    runboard_backup: "nologin bypassrls nosuperuser nocreatedb nocreaterole",
  };
  const each = Object.entries(roles).map(
    ([name, options]) => `
do $$ begin create role ${name}; exception when duplicate_object or unique_violation then null; end $$;
alter role ${name} ${options};`,
  );
  const limits = Object.entries(APP_LIMITS).map(([name, ms]) => `\nalter role runboard_app set ${name} = ${ms};`);
  return `set client_min_messages = warning;${each.join("")}${limits.join("")}
grant runboard_ingest to runboard_app;
grant pg_read_all_data to runboard_backup;
`;
}

/**
 * What a fresh database needs from a superuser; safe to repeat.
 * @returns {string} SQL, to run inside that database
 */
export function databaseSql() {
  return `set client_min_messages = warning;
create extension if not exists postgis;
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
-- A restored function names it before anything has loaded the extension.
grant set on parameter pg_trgm.word_similarity_threshold to runboard_owner;
revoke create on schema public from public;
`;
}
