import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import type { AuditOutcome } from '@/lib/accounts/audit-event';
import { type Role, scopes } from '@/lib/accounts/permission';
import { json } from './json-column';
import { packages } from './schema';

const time = (name: string) => integer(name, { mode: 'timestamp_ms' });
const times = { createdAt: time('created_at').notNull(), updatedAt: time('updated_at').notNull() };

/** Somebody who can sign in. The names of the fields here and below are those of better-auth. */
export const users = sqliteTable(
  'users',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** In lower case. */
    email: text('email').notNull(),
    emailVerified: integer('email_verified', { mode: 'boolean' }).notNull(),
    image: text('image'),
    role: text('role').$type<Role>().notNull(),
    ...times,
  },
  (table) => [uniqueIndex('users_email').on(table.email)],
);

const userId = text('user_id')
  .notNull()
  .references(() => users.id, { onDelete: 'cascade' });

/** A signed-in browser; `createdAt` is when it signed in. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId,
    /** The cookie has it with a signature, without which it is worth nothing. */
    token: text('token').notNull(),
    expiresAt: time('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    ...times,
  },
  (table) => [uniqueIndex('sessions_token').on(table.token), index('sessions_user_id').on(table.userId)],
);

/** A way in which a user signs in: a password, or an account at the OpenID provider. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    userId,
    /** `credential` for a password. */
    providerId: text('provider_id').notNull(),
    /** The user's id, or the provider's subject. */
    accountId: text('account_id').notNull(),
    /** PHC string of Argon2id. */
    password: text('password'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: time('access_token_expires_at'),
    refreshTokenExpiresAt: time('refresh_token_expires_at'),
    scope: text('scope'),
    ...times,
  },
  (table) => [
    uniqueIndex('accounts_provider').on(table.providerId, table.accountId),
    index('accounts_user_id').on(table.userId),
  ],
);

/** What has been started and is to be finished within minutes, such as a sign-in at the OpenID provider. */
export const verifications = sqliteTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: time('expires_at').notNull(),
    ...times,
  },
  (table) => [index('verifications_identifier').on(table.identifier)],
);

/** A one-time link by which a new user, or one who forgot the password, sets a password. */
export const invitations = sqliteTable(
  'invitations',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId,
    /** SHA-256 of the link's secret, in hexadecimal. */
    tokenHash: text('token_hash').notNull(),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('invitations_token').on(table.tokenHash),
    index('invitations_user_id').on(table.userId),
  ],
);

/** An API token of a user. A revoked one is deleted. */
export const apiTokens = sqliteTable(
  'api_tokens',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId,
    name: text('name').notNull(),
    /** SHA-256 of the token, in hexadecimal. */
    tokenHash: text('token_hash').notNull(),
    scopes: json('scopes', z.array(z.enum(scopes))).notNull(),
    createdAt: time('created_at').notNull(),
    /** Null: it does not expire. */
    expiresAt: time('expires_at'),
    lastUsedAt: time('last_used_at'),
  },
  (table) => [
    uniqueIndex('api_tokens_token').on(table.tokenHash),
    index('api_tokens_user_id').on(table.userId),
  ],
);

/** A link that opens the player of one package. A revoked one is deleted. */
export const shareLinks = sqliteTable(
  'share_links',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    packageId: integer('package_id')
      .notNull()
      .references(() => packages.id, { onDelete: 'cascade' }),
    /** SHA-256 of the link's secret, in hexadecimal. */
    tokenHash: text('token_hash').notNull(),
    /** What its owner calls it, such as the class that gets it. */
    name: text('name').notNull(),
    /** PHC string of Argon2id; null: no password. */
    password: text('password'),
    allowsDownload: integer('allows_download', { mode: 'boolean' }).notNull(),
    createdAt: time('created_at').notNull(),
    /** Null: it does not expire. */
    expiresAt: time('expires_at'),
    /** How often a browser opened it. */
    views: integer('views').notNull().default(0),
  },
  (table) => [
    uniqueIndex('share_links_token').on(table.tokenHash),
    index('share_links_package_id').on(table.packageId),
  ],
);

/** What was done, by whom. Rows are only added, and each confirms the one before: see chainHash. */
export const auditEvents = sqliteTable(
  'audit_events',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    at: time('at').notNull(),
    /** Who: the kind of principal, its id, and its name at that time. */
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    actorName: text('actor_name'),
    /** The address that the request came from. */
    ip: text('ip'),
    action: text('action').notNull(),
    /** What it was done to, such as `package:12`. */
    target: text('target'),
    outcome: text('outcome').$type<AuditOutcome>().notNull(),
    detail: text('detail'),
    /** HMAC-SHA256 over this row and the hash of the row before, in hexadecimal. */
    hash: text('hash').notNull(),
  },
  (table) => [index('audit_events_action').on(table.action), index('audit_events_actor').on(table.actorId)],
);
