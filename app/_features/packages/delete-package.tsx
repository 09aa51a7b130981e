import { callApi } from '@/app/_lib/api-client';
import { DeleteButton } from '@/app/_ui/delete-button';
import type { PackageView } from '@/lib/packages/package-view';

interface DeletePackageProps {
  pkg: PackageView;
  onDeleted: () => Promise<void>;
}

export function DeletePackage({ pkg, onDeleted }: DeletePackageProps) {
  return (
    <DeleteButton
      label={`Delete package ${pkg.id}`}
      onDelete={() => callApi('DELETE', '/api/packages/{id}', { params: { id: pkg.id } })}
      question={`Delete package ${pkg.id}?`}
      confirmLabel="Delete package"
      onDeleted={onDeleted}
    >
      Its tracks and its key will be deleted from this server, and links to it stop working. Without the key,
      nobody can play a copy that was downloaded. The video itself stays. This can’t be undone.
    </DeleteButton>
  );
}
