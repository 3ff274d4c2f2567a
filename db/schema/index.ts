export * from "./calls";
export * from "./fleet";
export * from "./people";
export * from "./places";
export * from "./planning";
export * from "./positions";
export * from "./watch";
