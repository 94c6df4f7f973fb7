/** Blocks of twelve seconds in a day. */
export const BLOCKS_PER_DAY = 7_200;

/** Days in a year of yields and inflation. */
export const DAYS_PER_YEAR = 365;
