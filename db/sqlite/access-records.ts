import { and, asc, desc, eq, gt, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { AccessRecords, AuditFilter, UserRecord } from '@/lib/accounts/access-records';
import { type AuditEvent, type AuditRecord, chainHash } from '@/lib/accounts/audit-event';
import type { Role } from '@/lib/accounts/permission';
import { apiTokens, auditEvents, invitations, sessions, shareLinks, users } from './account-tables';
import type { Db } from './client';
import { type Tx, writing } from './life';
import { packages, videos } from './schema';

/**
 * Users, sessions, tokens, links and the audit log in SQLite.
 * @param auditKey confirms the events of the audit log
 */
export function sqliteAccessRecords(db: Db, auditKey: Buffer): AccessRecords {
  return { ...usersOf(db), ...sessionsOf(db), ...tokensOf(db), ...sharesOf(db), ...eventsOf(db, auditKey) };
}

const userColumns = {
  id: users.id,
  name: users.name,
  email: users.email,
  role: users.role,
  createdAt: users.createdAt,
  hasPassword: sql`exists (select 1 from accounts where accounts.user_id = users.id)`.mapWith(Boolean),
};

const userBy = (db: Db | Tx, condition: ReturnType<typeof eq>): UserRecord | undefined =>
  db.select(userColumns).from(users).where(condition).get();

function usersOf(db: Db) {
  const isThere = (role?: Role) =>
    db
      .select({ id: users.id })
      .from(users)
      .where(role && eq(users.role, role))
      .limit(1)
      .get() !== undefined;
  const hasOtherAdministrator = (tx: Tx, id: string) =>
    tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.role, 'administrator'), ne(users.id, id)))
      .limit(1)
      .get() !== undefined;
  return {
    hasUsers: async () => isThere(),
    hasAdministrator: async () => isThere('administrator'),
    findUser: async (id: string) => userBy(db, eq(users.id, id)),
    findUserByEmail: async (email: string) => userBy(db, eq(users.email, email.toLowerCase())),
    namesOf: async (ids: readonly string[]) => {
      const rows = db
        .select({ id: users.id, name: users.name })
        .from(users)
        .where(inArray(users.id, [...ids]));
      return new Map(rows.all().map(({ id, name }) => [id, name]));
    },
    listUsers: async () =>
      db.select(userColumns).from(users).orderBy(sql`${users.name} collate nocase`, users.id).all(),
    changeRole: async (id: string, role: Role) =>
      writing(db, (tx) => {
        if (role !== 'administrator' && !hasOtherAdministrator(tx, id)) return false;
        return (
          tx.update(users).set({ role, updatedAt: new Date() }).where(eq(users.id, id)).run().changes > 0
        );
      }),
    removeUser: async (id: string) =>
      writing(db, (tx) => {
        if (!hasOtherAdministrator(tx, id)) return false;
        tx.update(videos).set({ ownerId: null }).where(eq(videos.ownerId, id)).run();
        return tx.delete(users).where(eq(users.id, id)).run().changes > 0;
      }),
  };
}

function sessionsOf(db: Db) {
  return {
    listSessions: async (userId: string) =>
      db
        .select()
        .from(sessions)
        .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, new Date())))
        .orderBy(desc(sessions.updatedAt))
        .all(),
    removeSession: async (userId: string, id: string) =>
      writing(
        db,
        (tx) =>
          tx
            .delete(sessions)
            .where(and(eq(sessions.userId, userId), eq(sessions.id, id)))
            .run().changes > 0,
      ),
    async removeSessions(userId: string) {
      writing(db, (tx) => tx.delete(sessions).where(eq(sessions.userId, userId)).run());
    },
    async addInvitation(row: { userId: string; tokenHash: string; expiresAt: Date }) {
      writing(db, (tx) => {
        tx.delete(invitations).where(eq(invitations.userId, row.userId)).run();
        tx.insert(invitations).values(row).run();
      });
    },
    findInvitation: async (tokenHash: string) => {
      const row = db
        .select({ userId: invitations.userId })
        .from(invitations)
        .where(and(eq(invitations.tokenHash, tokenHash), gt(invitations.expiresAt, new Date())))
        .get();
      return row && userBy(db, eq(users.id, row.userId));
    },
    takeInvitation: async (tokenHash: string) =>
      writing(
        db,
        (tx) => tx.delete(invitations).where(eq(invitations.tokenHash, tokenHash)).run().changes > 0,
      ),
  };
}

function tokensOf(
  db: Db,
): Pick<
  AccessRecords,
  'addToken' | 'findToken' | 'listTokens' | 'recordTokenUse' | 'findTokenById' | 'removeToken'
> {
  return {
    addToken: async (row) => writing(db, (tx) => tx.insert(apiTokens).values(row).returning().get()),
    async findToken(tokenHash) {
      const valid = or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, new Date()));
      const row = db
        .select({ token: apiTokens, role: users.role })
        .from(apiTokens)
        .innerJoin(users, eq(users.id, apiTokens.userId))
        .where(and(eq(apiTokens.tokenHash, tokenHash), valid))
        .get();
      return row && { ...row.token, role: row.role };
    },
    listTokens: async (userId) =>
      db
        .select()
        .from(apiTokens)
        .where(userId === undefined ? undefined : eq(apiTokens.userId, userId))
        .orderBy(desc(apiTokens.id))
        .all(),
    async recordTokenUse(id) {
      writing(db, (tx) =>
        tx.update(apiTokens).set({ lastUsedAt: new Date() }).where(eq(apiTokens.id, id)).run(),
      );
    },
    findTokenById: async (id) => db.select().from(apiTokens).where(eq(apiTokens.id, id)).get(),
    removeToken: async (id) =>
      writing(db, (tx) => tx.delete(apiTokens).where(eq(apiTokens.id, id)).run().changes > 0),
  };
}

function sharesOf(
  db: Db,
): Pick<
  AccessRecords,
  'addShare' | 'findShare' | 'listShares' | 'findShareById' | 'countView' | 'removeShare'
> {
  return {
    addShare: async (row) => writing(db, (tx) => tx.insert(shareLinks).values(row).returning().get()),
    async findShare(tokenHash) {
      const valid = or(isNull(shareLinks.expiresAt), gt(shareLinks.expiresAt, new Date()));
      const row = db
        .select({ share: shareLinks, videoId: packages.videoId })
        .from(shareLinks)
        .innerJoin(packages, eq(packages.id, shareLinks.packageId))
        .where(and(eq(shareLinks.tokenHash, tokenHash), valid))
        .get();
      return row && { ...row.share, videoId: row.videoId };
    },
    listShares: async (packageId) =>
      db
        .select()
        .from(shareLinks)
        .where(eq(shareLinks.packageId, packageId))
        .orderBy(desc(shareLinks.id))
        .all(),
    findShareById: async (id) => db.select().from(shareLinks).where(eq(shareLinks.id, id)).get(),
    async countView(id) {
      writing(db, (tx) =>
        tx
          .update(shareLinks)
          .set({ views: sql`${shareLinks.views} + 1` })
          .where(eq(shareLinks.id, id))
          .run(),
      );
    },
    removeShare: async (id) =>
      writing(db, (tx) => tx.delete(shareLinks).where(eq(shareLinks.id, id)).run().changes > 0),
  };
}

function eventsOf(
  db: Db,
  key: Buffer,
): Pick<AccessRecords, 'record' | 'hasEvent' | 'listEvents' | 'allEvents' | 'lastEventId'> {
  return {
    async record(event: AuditEvent) {
      writing(db, (tx) => {
        const last = tx.select().from(auditEvents).orderBy(desc(auditEvents.id)).limit(1).get();
        const row = { ...event, id: (last?.id ?? 0) + 1 };
        tx.insert(auditEvents)
          .values({ ...row, hash: chainHash(key, row, last?.hash ?? '') })
          .run();
      });
    },
    hasEvent: async ({ action, actorKind, actorId, target }) =>
      db
        .select({ id: auditEvents.id })
        .from(auditEvents)
        .where(
          and(
            eq(auditEvents.action, action),
            eq(auditEvents.actorKind, actorKind),
            actorId === null ? isNull(auditEvents.actorId) : eq(auditEvents.actorId, actorId),
            target === null ? isNull(auditEvents.target) : eq(auditEvents.target, target),
          ),
        )
        .limit(1)
        .get() !== undefined,
    listEvents: async ({ action, actorId, before, limit }: AuditFilter) =>
      db
        .select()
        .from(auditEvents)
        .where(
          and(
            action === undefined ? undefined : eq(auditEvents.action, action),
            actorId === undefined ? undefined : eq(auditEvents.actorId, actorId),
            before === undefined ? undefined : lt(auditEvents.id, before),
          ),
        )
        .orderBy(desc(auditEvents.id))
        .limit(limit)
        .all(),
    allEvents: () => inOrder(db),
    lastEventId: async () =>
      db.get<{ seq: number }>(sql`select seq from sqlite_sequence where name = 'audit_events'`)?.seq ?? 0,
  };
}

const atOnce = 1000;

async function* inOrder(db: Db): AsyncGenerator<AuditRecord> {
  for (let after = 0; ; ) {
    const rows = db
      .select()
      .from(auditEvents)
      .where(gt(auditEvents.id, after))
      .orderBy(asc(auditEvents.id))
      .limit(atOnce)
      .all();
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
