import { msg } from "@lingui/core/macro";
import * as z from "zod/mini";
import { says } from "@/lib/forms";

export const PASSWORD_LENGTH_MIN = 8;

/** What the forms of accounts ask of their fields before Berth is asked. */
export const email = z.string().check(z.regex(/^\S+@\S+\.\S+$/, says(msg`Write it like name@example.org.`)));
export const required = z.string().check(z.minLength(1, says(msg`This is needed.`)));
export const username = z
  .string()
  .check(z.regex(/^[a-z0-9_.-]{3,50}$/, says(msg`3 to 50 of a–z, 0–9, dot, hyphen and underscore.`)));
export const newPassword = z
  .string()
  .check(z.minLength(PASSWORD_LENGTH_MIN, says(msg`At least ${PASSWORD_LENGTH_MIN} characters.`)));
