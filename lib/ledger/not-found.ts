import { AppError } from '@/lib/base/errors';

export function videoNotFound(id: number): never {
  throw new AppError('video-not-found', `There is no video ${id}.`, { field: 'id' });
}

export function packageNotFound(id: number): never {
  throw new AppError('package-not-found', `There is no package ${id}.`, { field: 'id' });
}
