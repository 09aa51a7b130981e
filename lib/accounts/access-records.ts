import type { AuditEvent, AuditRecord } from './audit-event';
import type { Role, Scope } from './permission';

/** Somebody who can sign in. */
export interface UserRecord {
  id: string;
  name: string;
  /** In lower case. */
  email: string;
  role: Role;
  /** Whether there is a password yet: an invited user has none. */
  hasPassword: boolean;
  createdAt: Date;
}

export interface SessionRecord {
  id: string;
  userId: string;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface TokenRecord {
  id: number;
  userId: string;
  name: string;
  tokenHash: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}
type NewToken = Omit<TokenRecord, 'id' | 'lastUsedAt'>;

export interface ShareRecord {
  id: number;
  packageId: number;
  tokenHash: string;
  name: string;
  /** PHC string; null: none is asked for. */
  password: string | null;
  allowsDownload: boolean;
  createdAt: Date;
  expiresAt: Date | null;
  views: number;
}
type NewShare = Omit<ShareRecord, 'id' | 'views'>;

/** What a page of the audit log is about. */
export interface AuditFilter {
  action?: string | undefined;
  actorId?: string | undefined;
  before?: number | undefined;
  limit: number;
}

/**
 * The port to what decides who may do what: users, sessions, API tokens, share links, and the audit log.
 * Each function is one transaction.
 */
export interface AccessRecords {
  hasUsers(): Promise<boolean>;
  hasAdministrator(): Promise<boolean>;
  findUser(id: string): Promise<UserRecord | undefined>;
  findUserByEmail(email: string): Promise<UserRecord | undefined>;
  /** The names of users, by their ids. */
  namesOf(ids: readonly string[]): Promise<Map<string, string>>;
  /** By name. */
  listUsers(): Promise<UserRecord[]>;
  /** Returns false, and changes nothing, where no administrator would be left. */
  changeRole(id: string, role: Role): Promise<boolean>;
  /**
   * Removes a user with sessions, tokens and invitations; the videos go to the administrators. Returns
   * false, and changes nothing, where no administrator would be left.
   */
  removeUser(id: string): Promise<boolean>;

  /** The latest first. */
  listSessions(userId: string): Promise<SessionRecord[]>;
  /** Ends one session of a user; false where it has none of this id. */
  removeSession(userId: string, id: string): Promise<boolean>;
  removeSessions(userId: string): Promise<void>;

  /** Replaces the invitations of a user by this one. */
  addInvitation(invitation: { userId: string; tokenHash: string; expiresAt: Date }): Promise<void>;
  /** The user of an invitation that has not expired. */
  findInvitation(tokenHash: string): Promise<UserRecord | undefined>;
  /** Uses an invitation up: of two who try, one gets true. */
  takeInvitation(tokenHash: string): Promise<boolean>;

  addToken(token: NewToken): Promise<TokenRecord>;
  /** A token that has not expired, with the role of its user. */
  findToken(tokenHash: string): Promise<(TokenRecord & { role: Role }) | undefined>;
  /** Of one user, or of all; the newest first. */
  listTokens(userId?: string): Promise<TokenRecord[]>;
  recordTokenUse(id: number): Promise<void>;
  findTokenById(id: number): Promise<TokenRecord | undefined>;
  removeToken(id: number): Promise<boolean>;

  addShare(share: NewShare): Promise<ShareRecord>;
  /** A link that has not expired, with the video of its package. */
  findShare(tokenHash: string): Promise<(ShareRecord & { videoId: number }) | undefined>;
  /** The newest first. */
  listShares(packageId: number): Promise<ShareRecord[]>;
  findShareById(id: number): Promise<ShareRecord | undefined>;
  countView(id: number): Promise<void>;
  removeShare(id: number): Promise<boolean>;

  /** Adds an event at the end of the chain. */
  record(event: AuditEvent): Promise<void>;
  /** Whether there is such an event already. */
  hasEvent(event: Pick<AuditEvent, 'action' | 'actorKind' | 'actorId' | 'target'>): Promise<boolean>;
  /** The newest first. */
  listEvents(filter: AuditFilter): Promise<AuditRecord[]>;
  /** All events, the oldest first, for the check of the chain. */
  allEvents(): AsyncIterable<AuditRecord>;
  /** The id of the last event that was ever recorded; 0 when there was none. */
  lastEventId(): Promise<number>;
}
