/**
 * The words of wishes, in English, French and Spanish at once: nobody has to say which they type. All of them are
 * written without accents and in small letters, as `plain` makes them of what was typed.
 */

/** Days by how far they are from today. Longer ones stand first, so that they are not taken for shorter ones. */
export const DAYS: readonly (readonly [days: number, words: string])[] = [
  [2, "day after tomorrow|apres-demain|apres demain|pasado manana"],
  [1, "tomorrow|tmrw|demain|manana"],
  [0, "today|aujourd'hui|aujourdhui|hoy"],
];

/** Weekdays from Monday, 1, to Sunday, 7. */
export const WEEKDAYS: readonly (readonly [weekday: number, words: string])[] = [
  [1, "monday|mon|lundi|lunes"],
  [2, "tuesday|tues|tue|mardi|martes"],
  [3, "wednesday|wed|mercredi|miercoles"],
  [4, "thursday|thurs|thu|jeudi|jueves"],
  [5, "friday|fri|vendredi|viernes"],
  [6, "saturday|sat|samedi|sabado"],
  [7, "sunday|sun|dimanche|domingo"],
];

/** Months from January. "mar" is none: it is Tuesday to some. */
export const MONTHS: readonly (readonly [month: number, words: string])[] = [
  [1, "january|jan|janvier|enero"],
  [2, "february|feb|fevrier|febrero"],
  [3, "march|mars|marzo"],
  [4, "april|apr|avril|abril"],
  [5, "may|mai|mayo"],
  [6, "june|jun|juin|junio"],
  [7, "july|jul|juillet|julio"],
  [8, "august|aug|aout|agosto"],
  [9, "september|sept|sep|septembre|septiembre"],
  [10, "october|oct|octobre|octubre"],
  [11, "november|nov|novembre|noviembre"],
  [12, "december|dec|decembre|diciembre"],
];

/** Parts of a day, from one hour to another. */
export const PARTS: readonly (readonly [fromHour: number, untilHour: number, words: string])[] = [
  [6, 12, "(?:in the |this )?morning|(?:ce |le )?matin|(?:por|de|en) la manana|esta manana"],
  [12, 18, "(?:in the |this )?afternoon|(?:cet |cette |l')?apres-midi|(?:por la |esta )?tarde"],
  [18, 24, "(?:in the |this )?evening|tonight|(?:ce |le )?soir|(?:por la |esta )?noche"],
];

export const NOW = "right now|now|tout de suite|maintenant|ahora mismo|ahora";
export const NOON = "noon|midday|midi|mediodia";
export const PEOPLE = "people|persons?|pax|seats?|attendees|personnes?|places?|personas?|plazas?|asientos?";
export const FOR = "for|pour|para";
export const AT = "at|from|starting|a partir de|a las|a la|desde las|desde|a|des|de";
export const UNTIL = "to|until|till|a las|hasta las|hasta|jusqu'a|a|-";
export const HOURS = "hours?|hrs?|heures?|horas?|h";
export const MINUTES = "minutes?|minutos?|mins?|mn|m";
export const HALF_HOUR = "half an hour|half hour|une demi-heure|demi-heure|une demi heure|media hora";
export const HOUR_AND_HALF = "(?:an |one )hour and a half|une heure et demie|(?:una )?hora y media";
export const ONE_HOUR = "(?:an|one) hour|une heure|una hora";

/** Words that mean nothing here; whatever is none of all these is looked for in names, kinds and tags. */
export const NOISE = new Set(
  (
    "a an the any for in on at of with to and from please reserve book need want i we next this " +
    "un une le la les du des de d l au aux pour avec sur dans et reserver veux svp il faut ce cette prochain " +
    "una uno el los las del al para con en y por favor reservar quiero este esta proximo"
  ).split(" "),
);
