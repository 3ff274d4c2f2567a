/** What a partner's token starts with. */
export const API_KEY_PREFIX = "rbk_";
