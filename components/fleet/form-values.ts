import { z } from "zod";
import { Latitude, Longitude } from "@/server/domain/text";

/** A number typed into a field of text. */
export const typedNumber = (schema: z.ZodNumber, message: string) =>
  z
    .string()
    .trim()
    .refine((text) => text !== "" && Number.isFinite(Number(text)), message)
    .transform(Number)
    .pipe(schema);

/** An empty field is nothing; anything else goes on to the schema. */
export const orNothing = <T extends z.ZodType<unknown, string>>(schema: T) =>
  z
    .string()
    .trim()
    .transform((text) => (text === "" ? null : text))
    .pipe(z.union([z.null(), schema]));

export const TypedLatitude = typedNumber(Latitude, "Degrees, as 40.6311");
export const TypedLongitude = typedNumber(Longitude, "Degrees, as -89.3985");
