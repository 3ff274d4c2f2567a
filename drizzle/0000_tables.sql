CREATE EXTENSION IF NOT EXISTS postgis;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "assignments" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"trip_id" uuid NOT NULL,
	"shift_id" uuid NOT NULL,
	"vehicle_id" uuid NOT NULL,
	"role" text DEFAULT 'transport' NOT NULL,
	"mode" text NOT NULL,
	"status" text NOT NULL,
	"current" boolean DEFAULT true NOT NULL,
	"level_sent" text,
	"crew_user_ids" uuid[] DEFAULT '{}' NOT NULL,
	"assigned_at" timestamp (3) with time zone NOT NULL,
	"assigned_by" uuid,
	"dispatched_at" timestamp (3) with time zone,
	"acknowledged_at" timestamp (3) with time zone,
	"en_route_at" timestamp (3) with time zone,
	"at_pickup_at" timestamp (3) with time zone,
	"loaded_at" timestamp (3) with time zone,
	"at_dropoff_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone,
	"cleared_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"on_phone_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone,
	"missed" text[] DEFAULT '{}' NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"end_reason" text,
	"override_reason" text,
	"odometer_pickup_m" integer,
	"odometer_dropoff_m" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "assignments_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "assignments_role" CHECK ("assignments"."role" in ('transport', 'assist', 'first_response', 'supervisor')),
	CONSTRAINT "assignments_mode" CHECK ("assignments"."mode" in ('reserve', 'dispatch', 'stack', 'aboard')),
	CONSTRAINT "assignments_status" CHECK ("assignments"."status" in ('reserved', 'dispatched', 'acknowledged', 'en_route', 'at_pickup', 'loaded', 'at_dropoff', 'completed', 'ended'))
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "incidents_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "incidents_number" UNIQUE("agency_id","number")
);
--> statement-breakpoint
CREATE TABLE "riders" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name_enc" text NOT NULL,
	"phone_enc" text,
	"address_enc" text,
	"notes_enc" text,
	"name_tokens" text[] DEFAULT '{}' NOT NULL,
	"phone_token" text,
	"home_location" geometry(Point,4326),
	"home_zip" text,
	"default_level" text,
	"needs" text[] DEFAULT '{}' NOT NULL,
	"deactivated_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "riders_agency_id_id_pk" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "stops" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"shift_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"trip_id" uuid,
	"assignment_id" uuid,
	"facility_id" uuid,
	"location" geometry(Point,4326),
	"planned_at" timestamp (3) with time zone,
	"eta_at" timestamp (3) with time zone,
	"arrived_at" timestamp (3) with time zone,
	"departed_at" timestamp (3) with time zone,
	"locked" boolean DEFAULT false NOT NULL,
	"odometer_m" integer,
	"removed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "stops_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "stops_kind" CHECK ("stops"."kind" in ('pickup', 'dropoff', 'wait', 'post', 'base', 'break'))
);
--> statement-breakpoint
CREATE TABLE "trip_events" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"trip_id" uuid NOT NULL,
	"assignment_id" uuid,
	"shift_id" uuid,
	"kind" text NOT NULL,
	"status" text,
	"happened_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"source" text NOT NULL,
	"reason_enc" text,
	"replaces" uuid,
	"client_event_id" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "trip_events_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "trip_events_kind" CHECK ("trip_events"."kind" in ('booked', 'edited', 'promised', 'assigned', 'unassigned', 'status', 'corrected', 'diverted', 'swapped', 'delivery', 'will_call_ready', 'outcome', 'late_report', 'note')),
	CONSTRAINT "trip_events_source" CHECK ("trip_events"."source" in ('console', 'crew', 'geofence', 'api', 'system'))
);
--> statement-breakpoint
CREATE TABLE "trips" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"kind" text DEFAULT 'transport' NOT NULL,
	"status" text DEFAULT 'requested' NOT NULL,
	"outcome" text,
	"priority" text NOT NULL,
	"priority_at_dispatch" text,
	"lights_and_siren" boolean DEFAULT false NOT NULL,
	"level" text NOT NULL,
	"timing" text NOT NULL,
	"incident_id" uuid,
	"rider_id" uuid,
	"unknown_rider" boolean DEFAULT false NOT NULL,
	"rider_name_enc" text,
	"rider_phone_enc" text,
	"search_tokens" text[] DEFAULT '{}' NOT NULL,
	"pickup_facility_id" uuid,
	"pickup_address_enc" text,
	"pickup_zip" text,
	"pickup_location" geometry(Point,4326) NOT NULL,
	"pickup_notes_enc" text,
	"pickup_at" timestamp (3) with time zone,
	"pickup_earliest" timestamp (3) with time zone,
	"pickup_latest" timestamp (3) with time zone,
	"dropoff_facility_id" uuid,
	"dropoff_address_enc" text,
	"dropoff_zip" text,
	"dropoff_location" geometry(Point,4326),
	"dropoff_notes_enc" text,
	"dropoff_at" timestamp (3) with time zone,
	"dropoff_earliest" timestamp (3) with time zone,
	"dropoff_latest" timestamp (3) with time zone,
	"appointment_at" timestamp (3) with time zone,
	"ready_at" timestamp (3) with time zone,
	"promised_pickup_at" timestamp (3) with time zone,
	"promised_dropoff_at" timestamp (3) with time zone,
	"booked_at" timestamp (3) with time zone NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"needs" text[] DEFAULT '{}' NOT NULL,
	"passengers" jsonb NOT NULL,
	"notes_enc" text,
	"journey_id" uuid,
	"leg_no" integer,
	"return_of" uuid,
	"same_unit" boolean DEFAULT false NOT NULL,
	"external_ref" text,
	"current_assignment_id" uuid,
	"channel_epoch" integer DEFAULT 1 NOT NULL,
	"eta_pickup_at" timestamp (3) with time zone,
	"eta_dropoff_at" timestamp (3) with time zone,
	"distance_m" double precision,
	"duration_s" double precision,
	"missed" text[] DEFAULT '{}' NOT NULL,
	"end_reason" text,
	"evidence" jsonb,
	"closed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "trips_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "trips_number" UNIQUE("agency_id","number"),
	CONSTRAINT "trips_status" CHECK ("trips"."status" in ('requested', 'reserved', 'dispatched', 'acknowledged', 'en_route', 'at_pickup', 'loaded', 'at_dropoff', 'completed', 'cancelled', 'no_show', 'not_transported')),
	CONSTRAINT "trips_level" CHECK ("trips"."level" in ('ambulatory', 'wheelchair', 'stretcher', 'bls', 'als', 'sct')),
	CONSTRAINT "trips_priority" CHECK ("trips"."priority" in ('emergency', 'urgent', 'scheduled')),
	CONSTRAINT "trips_timing" CHECK ("trips"."timing" in ('asap', 'fixed', 'will_call')),
	CONSTRAINT "trips_kind" CHECK ("trips"."kind" in ('transport', 'standby', 'assist')),
	CONSTRAINT "trips_outcome" CHECK ("trips"."outcome" in ('transported', 'cancelled_before_dispatch', 'cancelled_en_route', 'cancelled_at_door', 'no_show', 'refused', 'treated_no_transport', 'no_patient', 'deceased', 'transferred_to_unit', 'transferred_to_agency', 'assist_only', 'standby_done', 'returned_to_origin'))
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"label" text NOT NULL,
	"vehicle_id" uuid,
	"user_id" uuid,
	"token_hash" text NOT NULL,
	"previous_token_hash" text,
	"previous_token_until" timestamp (3) with time zone,
	"app" text,
	"network" text,
	"first_seen_at" timestamp (3) with time zone,
	"last_seen_at" timestamp (3) with time zone,
	"speed_unit" text DEFAULT 'auto' NOT NULL,
	"dark_reason" text,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"deactivated_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "devices_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "devices_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "devices_previous_token_hash_unique" UNIQUE("previous_token_hash")
);
--> statement-breakpoint
CREATE TABLE "shift_crew" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"shift_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "shift_crew_agency_id_id_pk" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "shifts" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"vehicle_id" uuid NOT NULL,
	"call_sign" text NOT NULL,
	"base_id" uuid,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"signed_on_at" timestamp (3) with time zone,
	"signed_off_at" timestamp (3) with time zone,
	"odometer_on_m" integer,
	"odometer_off_m" integer,
	"state" text DEFAULT 'available' NOT NULL,
	"state_reason" text,
	"state_since" timestamp (3) with time zone,
	"state_until" timestamp (3) with time zone,
	"interruptible" boolean DEFAULT true NOT NULL,
	"manifest_version" integer DEFAULT 1 NOT NULL,
	"deactivated_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "shifts_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "shifts_state" CHECK ("shifts"."state" in ('available', 'posting', 'posted', 'standby', 'break', 'delayed', 'out_of_service'))
);
--> statement-breakpoint
CREATE TABLE "unit_events" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"shift_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"happened_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" uuid,
	"source" text NOT NULL,
	"reason" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "unit_events_agency_id_id_pk" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "vehicles" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"vehicle_no" text NOT NULL,
	"call_sign" text NOT NULL,
	"type" text NOT NULL,
	"levels" text[] NOT NULL,
	"places" jsonb NOT NULL,
	"configurations" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"in_service" boolean DEFAULT true NOT NULL,
	"out_of_service_reason" text,
	"base_id" uuid,
	"deactivated_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "vehicles_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "vehicles_type" CHECK ("vehicles"."type" in ('ambulance', 'wheelchair_van', 'stretcher_van', 'car'))
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"password_hash" text,
	"password_changed_at" timestamp (3) with time zone,
	"totp_secret_enc" text,
	"totp_confirmed_at" timestamp (3) with time zone,
	"totp_last_step" integer,
	"recovery_code_hashes" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deactivated_at" timestamp (3) with time zone,
	CONSTRAINT "accounts_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "agencies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"distance_unit" text DEFAULT 'mi' NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"token_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"deactivated_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "api_keys_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "api_keys_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"agency_id" uuid NOT NULL,
	"name" text NOT NULL,
	"value" integer NOT NULL,
	CONSTRAINT "counters_agency_id_name_pk" PRIMARY KEY("agency_id","name")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"agency_id" uuid NOT NULL,
	"credential" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done" boolean DEFAULT false NOT NULL,
	"status" integer,
	"answer_enc" text,
	CONSTRAINT "idempotency_keys_agency_id_credential_method_path_key_pk" PRIMARY KEY("agency_id","credential","method","path","key")
);
--> statement-breakpoint
CREATE TABLE "known_devices" (
	"account_id" uuid NOT NULL,
	"device_hash" text NOT NULL,
	"last_used_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "known_devices_account_id_device_hash_pk" PRIMARY KEY("account_id","device_hash")
);
--> statement-breakpoint
CREATE TABLE "one_time_links" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "one_time_links_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "one_time_links_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "realtime_leases" (
	"agency_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"socket_id" text NOT NULL,
	"session_id" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "realtime_leases_agency_id_user_id_socket_id_pk" PRIMARY KEY("agency_id","user_id","socket_id")
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"used_at" timestamp (3) with time zone,
	"reused_at" timestamp (3) with time zone,
	"successor_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "refresh_tokens_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "refresh_tokens_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"idle_timeout_s" integer NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revoked_reason" text,
	"mfa_at" timestamp (3) with time zone,
	"locked_at" timestamp (3) with time zone,
	"user_agent" text,
	CONSTRAINT "sessions_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "sessions_id" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_key" text NOT NULL,
	"network_key" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"roles" text[] NOT NULL,
	"deactivated_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "users_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "users_one_per_account" UNIQUE("agency_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "addresses" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"street_id" uuid NOT NULL,
	"house_number" integer NOT NULL,
	"zip" text,
	"location" geometry(Point,4326) NOT NULL,
	CONSTRAINT "addresses_agency_id_id_pk" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "bases" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"address" text,
	"location" geometry(Point,4326) NOT NULL,
	"deactivated_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "bases_agency_id_id_pk" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "facilities" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"search" text NOT NULL,
	"kind" text NOT NULL,
	"address" text NOT NULL,
	"zip" text,
	"phone" text,
	"location" geometry(Point,4326) NOT NULL,
	"geofence_m" integer DEFAULT 150 NOT NULL,
	"modifier" text,
	"status" text DEFAULT 'open' NOT NULL,
	"status_reason" text,
	"deactivated_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "facilities_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "facilities_kind" CHECK ("facilities"."kind" in ('hospital', 'snf', 'dialysis', 'clinic', 'physician', 'diagnostic', 'rehab', 'residence', 'other')),
	CONSTRAINT "facilities_status" CHECK ("facilities"."status" in ('open', 'limited', 'divert', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "streets" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"search" text NOT NULL,
	"place" text,
	"zip" text,
	"location" geometry(Point,4326) NOT NULL,
	CONSTRAINT "streets_agency_id_id_pk" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "position_history" (
	"agency_id" uuid NOT NULL,
	"vehicle_id" uuid NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"lat_e7" integer NOT NULL,
	"lon_e7" integer NOT NULL,
	"accuracy_m" real,
	"speed_mps" real,
	"heading_deg" real,
	"altitude_m" real,
	"battery_pct" real,
	"charging" boolean,
	"device_id" uuid NOT NULL,
	"shift_id" uuid,
	CONSTRAINT "position_history_once" UNIQUE("vehicle_id","taken_at","lat_e7","lon_e7")
) PARTITION BY RANGE ("taken_at");
--> statement-breakpoint
CREATE TABLE "position_leases" (
	"agency_id" uuid NOT NULL,
	"cell" text NOT NULL,
	"holder" text NOT NULL,
	"seq" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "position_leases_agency_id_cell_pk" PRIMARY KEY("agency_id","cell")
);
--> statement-breakpoint
CREATE TABLE "quarantined_fixes" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"vehicle_id" uuid,
	"code" text NOT NULL,
	"dedupe" text NOT NULL,
	"taken_at" timestamp (3) with time zone,
	"lat" double precision,
	"lon" double precision,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "quarantined_fixes_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "quarantined_fixes_once" UNIQUE("agency_id","dedupe")
);
--> statement-breakpoint
CREATE TABLE "trip_tracks" (
	"agency_id" uuid NOT NULL,
	"assignment_id" uuid NOT NULL,
	"leg" text NOT NULL,
	"path" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"distance_m" double precision NOT NULL,
	"gap_s" double precision NOT NULL,
	"algorithm" integer NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "trip_tracks_agency_id_assignment_id_leg_pk" PRIMARY KEY("agency_id","assignment_id","leg")
);
--> statement-breakpoint
CREATE TABLE "vehicle_positions" (
	"agency_id" uuid NOT NULL,
	"vehicle_id" uuid NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"location" geometry(Point,4326) NOT NULL,
	"accuracy_m" real,
	"speed_mps" real,
	"heading_deg" real,
	"altitude_m" real,
	"battery_pct" real,
	"charging" boolean,
	"device_id" uuid NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "vehicle_positions_agency_id_vehicle_id_pk" PRIMARY KEY("agency_id","vehicle_id")
) WITH (fillfactor = 70);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" uuid,
	"fields" text[] DEFAULT '{}' NOT NULL,
	"request_id" text,
	CONSTRAINT "audit_log_agency_id_id_pk" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"agency_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"audit_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "audit_seals_agency_id_seq_pk" PRIMARY KEY("agency_id","seq")
);
--> statement-breakpoint
CREATE TABLE "exceptions" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"severity" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"trip_id" uuid,
	"shift_id" uuid,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"worsened_at" timestamp (3) with time zone,
	"acknowledged_at" timestamp (3) with time zone,
	"acknowledged_by" uuid,
	"snoozed_until" timestamp (3) with time zone,
	"snooze_reason_enc" text,
	"snoozed_by" uuid,
	"closed_at" timestamp (3) with time zone,
	"closed_by" uuid,
	"close_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "exceptions_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "exceptions_kind" CHECK ("exceptions"."kind" in ('late', 'at_risk', 'unassigned_near_time', 'not_acknowledged', 'will_call_waiting', 'unit_dark', 'overdue_in_status', 'geofence_disagreement', 'no_destination', 'trip_returned', 'offload_delay', 'shift_overrun', 'outcome_missing', 'credential_missing', 'token_shared', 'late_report', 'crew_emergency')),
	CONSTRAINT "exceptions_severity" CHECK ("exceptions"."severity" in ('info', 'warning', 'alert', 'emergency'))
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel" text NOT NULL,
	"name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "outbox_agency_id_id_pk" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_agency_id_trip_id_trips_agency_id_id_fk" FOREIGN KEY ("agency_id","trip_id") REFERENCES "public"."trips"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_agency_id_shift_id_shifts_agency_id_id_fk" FOREIGN KEY ("agency_id","shift_id") REFERENCES "public"."shifts"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_agency_id_vehicle_id_vehicles_agency_id_id_fk" FOREIGN KEY ("agency_id","vehicle_id") REFERENCES "public"."vehicles"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stops" ADD CONSTRAINT "stops_agency_id_shift_id_shifts_agency_id_id_fk" FOREIGN KEY ("agency_id","shift_id") REFERENCES "public"."shifts"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stops" ADD CONSTRAINT "stops_agency_id_trip_id_trips_agency_id_id_fk" FOREIGN KEY ("agency_id","trip_id") REFERENCES "public"."trips"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stops" ADD CONSTRAINT "stops_agency_id_assignment_id_assignments_agency_id_id_fk" FOREIGN KEY ("agency_id","assignment_id") REFERENCES "public"."assignments"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trip_events" ADD CONSTRAINT "trip_events_agency_id_trip_id_trips_agency_id_id_fk" FOREIGN KEY ("agency_id","trip_id") REFERENCES "public"."trips"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trips" ADD CONSTRAINT "trips_agency_id_rider_id_riders_agency_id_id_fk" FOREIGN KEY ("agency_id","rider_id") REFERENCES "public"."riders"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trips" ADD CONSTRAINT "trips_agency_id_incident_id_incidents_agency_id_id_fk" FOREIGN KEY ("agency_id","incident_id") REFERENCES "public"."incidents"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trips" ADD CONSTRAINT "trips_agency_id_pickup_facility_id_facilities_agency_id_id_fk" FOREIGN KEY ("agency_id","pickup_facility_id") REFERENCES "public"."facilities"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trips" ADD CONSTRAINT "trips_agency_id_dropoff_facility_id_facilities_agency_id_id_fk" FOREIGN KEY ("agency_id","dropoff_facility_id") REFERENCES "public"."facilities"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trips" ADD CONSTRAINT "trips_agency_id_return_of_trips_agency_id_id_fk" FOREIGN KEY ("agency_id","return_of") REFERENCES "public"."trips"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_agency_id_vehicle_id_vehicles_agency_id_id_fk" FOREIGN KEY ("agency_id","vehicle_id") REFERENCES "public"."vehicles"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_agency_id_user_id_users_agency_id_id_fk" FOREIGN KEY ("agency_id","user_id") REFERENCES "public"."users"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_crew" ADD CONSTRAINT "shift_crew_agency_id_shift_id_shifts_agency_id_id_fk" FOREIGN KEY ("agency_id","shift_id") REFERENCES "public"."shifts"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_crew" ADD CONSTRAINT "shift_crew_agency_id_user_id_users_agency_id_id_fk" FOREIGN KEY ("agency_id","user_id") REFERENCES "public"."users"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_agency_id_vehicle_id_vehicles_agency_id_id_fk" FOREIGN KEY ("agency_id","vehicle_id") REFERENCES "public"."vehicles"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_events" ADD CONSTRAINT "unit_events_agency_id_shift_id_shifts_agency_id_id_fk" FOREIGN KEY ("agency_id","shift_id") REFERENCES "public"."shifts"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vehicles" ADD CONSTRAINT "vehicles_agency_id_base_id_bases_agency_id_id_fk" FOREIGN KEY ("agency_id","base_id") REFERENCES "public"."bases"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "known_devices" ADD CONSTRAINT "known_devices_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_agency_id_session_id_sessions_agency_id_id_fk" FOREIGN KEY ("agency_id","session_id") REFERENCES "public"."sessions"("agency_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_agency_id_user_id_users_agency_id_id_fk" FOREIGN KEY ("agency_id","user_id") REFERENCES "public"."users"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_agency_id_street_id_streets_agency_id_id_fk" FOREIGN KEY ("agency_id","street_id") REFERENCES "public"."streets"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_one_transport" ON "assignments" USING btree ("agency_id","trip_id") WHERE role = 'transport' and current;--> statement-breakpoint
CREATE INDEX "assignments_trip" ON "assignments" USING btree ("agency_id","trip_id");--> statement-breakpoint
CREATE INDEX "assignments_shift" ON "assignments" USING btree ("agency_id","shift_id") WHERE current;--> statement-breakpoint
CREATE INDEX "riders_name_tokens" ON "riders" USING gin ("name_tokens");--> statement-breakpoint
CREATE INDEX "riders_phone" ON "riders" USING btree ("agency_id","phone_token");--> statement-breakpoint
CREATE INDEX "stops_shift" ON "stops" USING btree ("agency_id","shift_id","seq") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "stops_trip" ON "stops" USING btree ("agency_id","trip_id");--> statement-breakpoint
CREATE UNIQUE INDEX "trip_events_client" ON "trip_events" USING btree ("agency_id","client_event_id") WHERE client_event_id is not null;--> statement-breakpoint
CREATE INDEX "trip_events_trip" ON "trip_events" USING btree ("agency_id","trip_id","recorded_at");--> statement-breakpoint
CREATE UNIQUE INDEX "trips_external_ref" ON "trips" USING btree ("agency_id","external_ref") WHERE external_ref is not null;--> statement-breakpoint
CREATE INDEX "trips_time" ON "trips" USING btree ("agency_id","requested_at");--> statement-breakpoint
CREATE INDEX "trips_open" ON "trips" USING btree ("agency_id","requested_at") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "trips_tokens" ON "trips" USING gin ("search_tokens");--> statement-breakpoint
CREATE INDEX "devices_vehicle" ON "devices" USING btree ("agency_id","vehicle_id");--> statement-breakpoint
CREATE INDEX "devices_user" ON "devices" USING btree ("agency_id","user_id");--> statement-breakpoint
CREATE INDEX "shift_crew_shift" ON "shift_crew" USING btree ("agency_id","shift_id");--> statement-breakpoint
CREATE INDEX "shift_crew_user" ON "shift_crew" USING btree ("agency_id","user_id","starts_at");--> statement-breakpoint
CREATE UNIQUE INDEX "shifts_signed_on" ON "shifts" USING btree ("agency_id","vehicle_id") WHERE signed_on_at is not null and signed_off_at is null and deactivated_at is null;--> statement-breakpoint
CREATE INDEX "shifts_period" ON "shifts" USING btree ("agency_id","starts_at");--> statement-breakpoint
CREATE INDEX "unit_events_shift" ON "unit_events" USING btree ("agency_id","shift_id","happened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "vehicles_no" ON "vehicles" USING btree ("agency_id","vehicle_no") WHERE deactivated_at is null;--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "realtime_leases_expiry" ON "realtime_leases" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "refresh_tokens_session" ON "refresh_tokens" USING btree ("agency_id","session_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("agency_id","user_id") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sign_in_failures_account" ON "sign_in_failures" USING btree ("account_key","at");--> statement-breakpoint
CREATE INDEX "sign_in_failures_network" ON "sign_in_failures" USING btree ("network_key","at");--> statement-breakpoint
CREATE INDEX "users_account" ON "users" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "addresses_street" ON "addresses" USING btree ("agency_id","street_id","house_number");--> statement-breakpoint
CREATE UNIQUE INDEX "bases_name" ON "bases" USING btree ("agency_id","name") WHERE deactivated_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "facilities_name" ON "facilities" USING btree ("agency_id","name") WHERE deactivated_at is null;--> statement-breakpoint
CREATE INDEX "streets_search" ON "streets" USING btree ("agency_id","search" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "quarantined_fixes_device" ON "quarantined_fixes" USING btree ("agency_id","device_id","received_at");--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("agency_id","at");--> statement-breakpoint
CREATE INDEX "audit_log_entity" ON "audit_log" USING btree ("agency_id","entity_id");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_seals_row" ON "audit_seals" USING btree ("agency_id","audit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exceptions_one_open" ON "exceptions" USING btree ("agency_id","kind","subject_id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "exceptions_opened" ON "exceptions" USING btree ("agency_id","opened_at");--> statement-breakpoint
CREATE INDEX "outbox_unsent" ON "outbox" USING btree ("created_at") WHERE sent_at is null;