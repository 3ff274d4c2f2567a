/** One reason why a rule says no: `path` names the input field, `code` is stable, `message` is for people and holds no patient data. */
export type Reason = { path?: string; code: string; message: string };
