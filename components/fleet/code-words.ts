/** `wheelchair_van` as people read it, `snf` as they write it. */
export const words = (code: string): string => {
  if (code === "snf") return "SNF";
  const text = code.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};
export const optionsOf = <V extends string>(codes: readonly V[], label: (code: V) => string = words) =>
  codes.map((value) => ({ value, label: label(value) }));
