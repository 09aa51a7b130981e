import { createApp } from '@/lib/app/app';
import { settings } from '@/lib/base/env';
import { AppError } from '@/lib/base/errors';
import { inviteUser } from '@/lib/users/invitations';
import { emailField } from '@/lib/users/user-request';
import { runMain } from './run-main.mjs';
import { loadEnvFile } from './setup/read-settings.mjs';

/** `npm run admin -- create EMAIL` and `npm run admin -- reset EMAIL`; see docs/accounts.md. */
const usage = `Usage:
  npm run admin -- create EMAIL   creates an administrator, and prints a link to set the password
  npm run admin -- reset EMAIL    makes a user an administrator, and prints a link to set a new password
`;

// Only the user can access what this script writes.
process.umask(0o077);

await runMain(
  async (root) => {
    const [command = '', email = ''] = process.argv.slice(2);
    if (!['create', 'reset'].includes(command) || !emailField.safeParse(email).success) {
      console.error(usage);
      return 2;
    }
    loadEnvFile(root);
    const app = createApp(settings());
    const id = command === 'create' ? await create(app, email) : await reset(app, email);
    const { url, expiresAt } = await inviteUser(app, id);
    console.log(`Open this link before ${expiresAt.toISOString().slice(0, 10)}: ${url}`);
    return 0;
  },
  { exitCodeWhenStopped: 1 },
);

type App = ReturnType<typeof createApp>;

// A function declaration: the code above runs before any constant down here has its value.
function create({ accounts }: App, email: string): Promise<string> {
  return accounts.createUser({ name: 'Administrator', email, role: 'administrator', password: null });
}

async function reset({ access }: App, email: string): Promise<string> {
  const user = await access.findUserByEmail(email);
  if (!user)
    throw new AppError('user-not-found', `There is no user ${email}. To create one: npm run admin -- create`);
  await access.changeRole(user.id, 'administrator');
  await access.removeSessions(user.id);
  return user.id;
}
