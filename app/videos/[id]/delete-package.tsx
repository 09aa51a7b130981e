'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { deleteAt } from '@/app/_components/api-client';
import { buttonStyle } from '@/app/_components/button-style';
import { ConfirmDialog } from '@/app/_components/confirm-dialog';
import type { PackageView } from '@/lib/packages/package-view';

interface DeletePackageProps {
  pkg: PackageView;
  onDeleted: () => Promise<void>;
}

export function DeletePackage({ pkg, onDeleted }: DeletePackageProps) {
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    await deleteAt(pkg.links.self);
    await onDeleted();
  };
  return (
    <>
      <button
        type="button"
        className={buttonStyle('quiet', 'icon')}
        onClick={() => setAsking(true)}
        aria-label={`Delete package ${pkg.id}`}
        title="Delete package"
      >
        <Trash2 className="size-4.5" aria-hidden="true" />
      </button>
      {isAsking && (
        <ConfirmDialog
          title={`Delete package ${pkg.id}?`}
          confirmLabel="Delete package"
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <p>
            Its tracks and its key will be deleted from this server, and links to it stop working. Without the
            key, nobody can play a copy that was downloaded. The video itself stays. This can’t be undone.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
