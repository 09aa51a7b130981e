/** Which work goes first, from last to first. */
export const priorities = ['low', 'normal', 'high'] as const;
export type Priority = (typeof priorities)[number];

/** As the queue sorts by it: higher goes first. */
export const priorityNumber = (priority: Priority) => priorities.indexOf(priority) - 1;
export const priorityName = (number: number): Priority => priorities[number + 1] ?? 'normal';
