import { z } from 'zod';
import { maxPasswordLength, minPasswordLength } from '@/lib/accounts/password';
import { roles } from '@/lib/accounts/permission';
import { always, field } from '@/lib/http/field';

const maxNameLength = 100;

export const emailField = field(
  z
    .email()
    .max(254)
    .transform((value) => value.toLowerCase()),
  always('email-invalid', 'Enter an e-mail address.'),
);

export const nameField = field(
  z.string().trim().min(1).max(maxNameLength),
  always('name-invalid', `Enter a name of at most ${maxNameLength} characters.`),
);

export const roleField = field(
  z.enum(roles),
  always('role-unknown', 'The role must be administrator, editor or viewer.'),
);

/** A new password: long enough, and nothing else (NIST SP 800-63B, 3.1.1.2). */
export const newPasswordField = field(
  z.string().min(minPasswordLength).max(maxPasswordLength),
  always(
    'password-invalid',
    `The password must have ${minPasswordLength} to ${maxPasswordLength} characters. A few words make a good one.`,
  ),
);

/** A password that is checked: whatever was given, up to a length that costs nothing. */
export const givenPasswordField = field(
  z.string().max(maxPasswordLength),
  always('password-invalid', 'Enter the password.'),
);

/** The secret of a link. */
export const secretField = field(
  z.string().max(100),
  always('link-invalid', 'This link is not valid: it may be used already, or expired.'),
);
