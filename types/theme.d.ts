/** What the theme's own scripts give to others. */

/** The palette that a reader chose: its number, and what it sets on the body. */
export interface Choice {
  readonly index: number;
  readonly color: Readonly<Record<string, string>>;
}

declare global {
  interface Window {
    /** Of the theme's script, which prepares each document that it is told of. */
    document$: { next: (page: Document) => void };
    /** Return what is stored under a name of this site; null if nothing is. Throws where nothing can be stored. */
    // biome-ignore lint/style/useNamingConvention: the theme names it
    __md_get: (name: "__palette") => Choice | null;
    /** Store something under a name of this site, where that can be done. */
    // biome-ignore lint/style/useNamingConvention: the theme names it
    __md_set: (name: "__palette", value: Choice) => void;
  }
}
