/** A one-time link as it works here: the address people use may differ from the one the server knows itself by. */
export const linkHere = (url: string): string => `${location.origin}/link${new URL(url).hash}`;
