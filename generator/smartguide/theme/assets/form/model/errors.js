/** What can be wrong with a file that is to be read or changed. */

// biome-ignore-start lint/style/noExcessiveClassesPerFile: both say why a file cannot be used

/** A file cannot be read; the message says why, with the line. */
export class UnreadableError extends Error {}

/** A file is written in a way that changes cannot be made in it one by one. */
export class UnusualFileError extends Error {}

// biome-ignore-end lint/style/noExcessiveClassesPerFile: both say why a file cannot be used
