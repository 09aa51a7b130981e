/** Priorities, lowest first. */
export const priorities = ['low', 'normal', 'high'] as const;
export type Priority = (typeof priorities)[number];

/** The queue's sort key: the highest goes first. */
export const priorityNumber = (priority: Priority) => priorities.indexOf(priority) - 1;
export const priorityName = (number: number): Priority => priorities[number + 1] ?? 'normal';
