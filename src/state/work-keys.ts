/** Before a project's id, its newest state. On its own, work saved before there were projects. */
export const WORK_KEY = 'policy-playground/work';

/** Id of a project: of this tab in the session's storage, of the newest in the other. */
export const PROJECT_KEY = 'policy-playground/project';

/** Key of a project's newest state, and name of the lock that its tab holds. */
export const keyOf = (id: string): string => `${WORK_KEY}/${id}`;
