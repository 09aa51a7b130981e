import type { UserView } from '@/lib/users/user-view';

export type Role = UserView['role'];

export const roleNames: Record<Role, string> = {
  administrator: 'Administrator',
  editor: 'Editor',
  viewer: 'Viewer',
};

export const roleChoices: readonly { value: Role; label: string; hint: string }[] = [
  { value: 'viewer', label: roleNames.viewer, hint: 'Watches videos that are for everyone who can sign in.' },
  { value: 'editor', label: roleNames.editor, hint: 'Also uploads videos, and manages and shares them.' },
  { value: 'administrator', label: roleNames.administrator, hint: 'Everything, with all videos and users.' },
];
